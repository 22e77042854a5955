use leptos::prelude::*;
use leptos::task::spawn_local;

use super::View;
use crate::session::CheckAllOutcome;
use crate::text;

impl View {
    /// Stops asking all providers, because the person asks.
    pub fn cancel_check_all(self) {
        if self.session.cancel_check_all() {
            self.announce(text::check_all_cancelled().to_owned());
        }
    }

    /// Asks all linked providers of the view live, and says how far that came.
    pub fn check_all(self) {
        if self.session.check_all.read_untracked().is_some() {
            return;
        }
        let rows = untrack(|| self.checkable());
        self.announce(text::checking_all(rows.len()));
        spawn_local(async move {
            let outcome = self.session.check_all(rows).await;
            // The element may have been removed meanwhile.
            if self.is_gone() {
                return;
            }
            match outcome {
                CheckAllOutcome::Finished {
                    done,
                    total,
                    attention,
                } => self.announce(text::checked_all(done, total, attention)),
                // A person who stops it is told at once.
                CheckAllOutcome::Cancelled if self.session.is_signed_out() => {
                    self.announce(text::check_all_cancelled().to_owned());
                }
                CheckAllOutcome::Cancelled | CheckAllOutcome::NotBegun => {}
            }
        });
    }
}
