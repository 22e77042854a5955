use leptos::prelude::*;

/// What is being done with a provider at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pending {
    /// It is asked live, because the person pressed Check.
    Checking,
    /// Its link is being removed.
    Unlinking,
}

/// Sets what is pending, and clears it on every way out.
#[must_use = "what is pending is cleared when this is dropped"]
pub(super) struct PendingGuard(RwSignal<Option<Pending>>);

impl PendingGuard {
    /// None when something is pending already: one thing at a time.
    pub(super) fn begin(signal: RwSignal<Option<Pending>>, pending: Pending) -> Option<Self> {
        if signal.get_untracked().is_some() {
            return None;
        }
        signal.set(Some(pending));
        Some(Self(signal))
    }
}

impl Drop for PendingGuard {
    fn drop(&mut self) {
        // The page may be gone by now, and its signals with it.
        let _ = self.0.try_set(None);
    }
}
