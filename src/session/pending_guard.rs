use external_auth_core::Pending;

use super::ProviderRow;

/// Sets what is pending, and clears it when dropped.
#[must_use = "what is pending is cleared when this is dropped"]
pub(crate) struct PendingGuard {
    row: ProviderRow,
    pending: Pending,
}

impl PendingGuard {
    /// None if another command is pending, unless this one may replace it: see
    /// [`Pending::may_begin`].
    pub(crate) fn begin(row: &ProviderRow, pending: Pending) -> Option<Self> {
        if !pending.may_begin(row.pending_untracked()) {
            return None;
        }
        row.update_pending(|running| *running = Some(pending));
        Some(Self {
            row: row.clone(),
            pending,
        })
    }
}

impl Drop for PendingGuard {
    fn drop(&mut self) {
        // If another command has replaced this one, it stays.
        self.row.update_pending(|running| {
            running.take_if(|running| *running == self.pending);
        });
    }
}
