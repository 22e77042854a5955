use external_auth_core::Pending;

use super::ProviderEntry;

/// Sets what is pending, and clears it when dropped.
#[must_use = "what is pending is cleared when this is dropped"]
pub(crate) struct PendingGuard {
    entry: ProviderEntry,
    pending: Pending,
}

impl PendingGuard {
    /// None when something else is pending, unless it may be replaced: see
    /// [`Pending::may_begin`].
    pub(crate) fn begin(entry: &ProviderEntry, pending: Pending) -> Option<Self> {
        if !pending.may_begin(entry.pending_untracked()) {
            return None;
        }
        entry.update_pending(|running| *running = Some(pending));
        Some(Self {
            entry: entry.clone(),
            pending,
        })
    }
}

impl Drop for PendingGuard {
    fn drop(&mut self) {
        // What has replaced this stays.
        self.entry.update_pending(|running| {
            running.take_if(|running| *running == self.pending);
        });
    }
}
