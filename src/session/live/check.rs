use super::CheckOutcome;
use crate::session::Session;
use crate::session::{Pending, PendingGuard, ProviderEntry};

impl Session {
    /// Asks a provider live, because the person asks. Reads the list afterwards
    /// where that may renew a token that was refused.
    pub async fn check(self, entry: &ProviderEntry) -> CheckOutcome {
        let Some(_pending) = PendingGuard::begin(entry, Pending::Checking) else {
            return CheckOutcome::NotDone;
        };
        match self.join_external_auth(entry).await {
            Some(Err(error)) if error.kind.is_sign_out() => return CheckOutcome::SignedOut,
            Some(Err(error)) if !error.is_transient() => {
                self.emit_error(Some(&entry.id), &error);
                return CheckOutcome::Failed(error);
            }
            Some(_) => {}
            None => return CheckOutcome::NotDone,
        }
        if could_be_renewed(entry) {
            self.load_anew().await;
        }
        if self.is_gone() {
            return CheckOutcome::NotDone;
        }
        CheckOutcome::Answered
    }
}

/// Whether the next list may renew the token: a request by id does not refresh
/// tokens, the list does.
pub(super) fn could_be_renewed(entry: &ProviderEntry) -> bool {
    entry.record().could_renew()
}
