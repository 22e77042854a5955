use super::CheckOutcome;
use crate::session::{Pending, PendingGuard, ProviderRow, Session};

impl Session {
    /// Asks a provider live because the person asks. Then reads the list if
    /// that may renew a refused token.
    pub async fn check(self, row: &ProviderRow) -> CheckOutcome {
        let Some(_pending) = PendingGuard::begin(row, Pending::Checking) else {
            return CheckOutcome::NotDone;
        };
        match self.join_external_auth(row).await {
            Some(Err(error)) if error.kind.is_sign_out() => return CheckOutcome::SignedOut,
            Some(Err(error)) if !error.is_transient() => {
                self.emit_error(Some(&row.id), &error);
                return CheckOutcome::Failed(error);
            }
            Some(_) => {}
            None => return CheckOutcome::NotDone,
        }
        if self.is_gone() {
            return CheckOutcome::NotDone;
        }
        if row.record().could_renew() {
            self.load_anew().await;
        }
        if self.is_gone() {
            return CheckOutcome::NotDone;
        }
        CheckOutcome::Answered
    }
}
