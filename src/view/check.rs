use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{TITLE_ID, View, card_id};
use crate::platform::FocusGuard;
use crate::session::{CheckOutcome, ProviderRow};
use crate::text::{self, Notice};

impl View {
    /// Loads the list again, because the person asks.
    pub fn reload(self) {
        spawn_local(async move {
            let focus = FocusGuard::anywhere();
            if self.session.load().await {
                self.announce(text::list_loaded().to_owned());
            }
            // "Try again" is gone when it worked.
            focus.move_to(TITLE_ID);
        });
    }

    /// Asks a provider live, because the person asks, and shows the outcome.
    pub fn check(self, row: ProviderRow) {
        spawn_local(async move {
            if row.pending_untracked().is_some() {
                return;
            }
            self.clear_notices(&row);
            let focus = FocusGuard::within(&card_id(&row.id));
            let outcome = self.session.check(&row).await;
            if self.is_gone() {
                return;
            }
            match outcome {
                CheckOutcome::Answered => {}
                CheckOutcome::Failed(error) => {
                    self.push_silent_notice(&row, Notice::error(text::check_failed(), &error));
                }
                // That the person is signed out is said once, for the whole page.
                CheckOutcome::SignedOut | CheckOutcome::NotDone => return,
            }
            let name = row.name.get_untracked();
            self.announce(text::state_of(&name, row.state_untracked()));
            focus.move_to(&card_id(&row.id));
        });
    }
}
