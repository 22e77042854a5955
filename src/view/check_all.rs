use leptos::prelude::*;
use leptos::task::spawn_local;

use super::View;
use crate::session::CheckAllOutcome;
use crate::text;

impl View {
    /// Asks all linked providers of the view live, and says how far that came.
    pub fn check_all(self) {
        if self.session.check_all.read_untracked().is_some() {
            return;
        }
        let rows = untrack(|| self.checkable());
        self.announce(text::checking_all(rows.len()));
        spawn_local(async move {
            match self.session.check_all(rows).await {
                CheckAllOutcome::Finished {
                    done,
                    total,
                    attention,
                } => self.announce(text::checked_all(done, total, attention)),
                CheckAllOutcome::Cancelled => {
                    self.announce(text::check_all_cancelled().to_owned());
                }
                CheckAllOutcome::NotBegun => {}
            }
        });
    }
}
