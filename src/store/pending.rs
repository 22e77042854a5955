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
pub(crate) struct PendingGuard {
    signal: RwSignal<Option<Pending>>,
    pending: Pending,
}

impl PendingGuard {
    /// None when something is pending already: one thing at a time. Only an
    /// unlink need not wait for a check, which is of no interest any more.
    pub(crate) fn begin(signal: RwSignal<Option<Pending>>, pending: Pending) -> Option<Self> {
        let gives_way =
            pending == Pending::Unlinking && signal.get_untracked() == Some(Pending::Checking);
        if signal.get_untracked().is_some() && !gives_way {
            return None;
        }
        signal.set(Some(pending));
        Some(Self { signal, pending })
    }
}

impl Drop for PendingGuard {
    fn drop(&mut self) {
        // The page may be gone by now, and its signals with it. What has taken
        // the place of this stays.
        if self.signal.try_get_untracked() == Some(Some(self.pending)) {
            let _ = self.signal.try_set(None);
        }
    }
}
