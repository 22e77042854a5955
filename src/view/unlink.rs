use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{View, card_id};
use crate::platform::{FocusGuard, next_task};
use crate::session::{Deferred, Pending, ProviderRow};
use crate::unlinking::{UnlinkOutcome, unlink};

/// The question whether to remove a link, while it is not answered.
pub(super) struct UnlinkQuestion {
    row: ProviderRow,
    outcome: Deferred<UnlinkOutcome>,
}

impl View {
    /// Asks the person whether to remove a link, and removes it if they agree.
    /// A question takes the place of one that is not answered yet; the question
    /// about the same provider is joined.
    pub(crate) fn ask_unlink(self, row: &ProviderRow) -> Deferred<UnlinkOutcome> {
        let asked = self.inner.with_value(|inner| {
            let question = inner.unlink_question.borrow();
            let same = question.as_ref().filter(|question| question.row == *row);
            same.map(|question| question.outcome.clone())
        });
        if let Some(outcome) = asked {
            // Its dialog may have been closed just now.
            self.unlink_candidate.notify();
            return outcome;
        }
        self.answer_unlink(false);
        let outcome = Deferred::default();
        let question = UnlinkQuestion {
            row: row.clone(),
            outcome: outcome.clone(),
        };
        self.inner
            .with_value(|inner| inner.unlink_question.replace(Some(question)));
        self.unlink_candidate.set(Some(row.clone()));
        outcome
    }

    /// The person has answered the question whether to unlink, or nobody can
    /// answer it any more. Only the first answer counts.
    pub(crate) fn answer_unlink(self, confirmed: bool) {
        let question = self
            .inner
            .try_with_value(|inner| inner.unlink_question.take());
        let Some(UnlinkQuestion { row, outcome }) = question.flatten() else {
            return;
        };
        if confirmed {
            spawn_local(async move {
                // The dialog closes first. Over a long list that is a task for itself.
                next_task().await;
                outcome.resolve(self.unlink_confirmed(&row).await);
            });
        } else {
            outcome.resolve(UnlinkOutcome::NotDone);
        }
    }

    /// Removes a link without a question, and shows the outcome.
    pub fn unlink(self, row: ProviderRow) {
        spawn_local(async move {
            self.unlink_confirmed(&row).await;
        });
    }

    async fn unlink_confirmed(self, row: &ProviderRow) -> UnlinkOutcome {
        if row.pending_untracked() == Some(Pending::Unlinking) {
            return UnlinkOutcome::NotDone;
        }
        self.clear_notices(row);
        let focus = FocusGuard::within(&card_id(&row.id));
        let outcome = unlink(self.session, row).await;
        if !self.is_gone() {
            self.present_unlink(row, &outcome);
            // The button that had the focus is gone with the link.
            focus.move_to(&card_id(&row.id));
        }
        outcome
    }
}
