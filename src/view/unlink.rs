use futures_channel::oneshot;
use futures_util::FutureExt;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::View;
use super::view::UnlinkQuestion;
use crate::api::SharedFuture;
use crate::platform::FocusGuard;
use crate::session::{Pending, ProviderRow};
use crate::unlinking::{UnlinkOutcome, unlink};

impl View {
    /// Asks the person whether to remove a link, and removes it if they agree.
    /// A question takes the place of one that is not answered yet; the question
    /// about the same provider is joined.
    #[must_use = "what came of it is in what is returned"]
    pub fn ask_unlink(self, row: &ProviderRow) -> SharedFuture<UnlinkOutcome> {
        let asked = self.inner.with_value(|inner| {
            let question = inner.unlink_question.borrow();
            (question.as_ref())
                .filter(|question| *question.provider == *row.id && question.answer.is_some())
                .map(|question| question.outcome.clone())
        });
        if let Some(outcome) = asked {
            return outcome;
        }
        let (answer, confirmed) = oneshot::channel();
        let outcome = {
            let row = row.clone();
            SharedFuture::spawn(
                async move {
                    // An error means that nobody can answer any more.
                    if confirmed.await != Ok(true) || self.is_gone() {
                        return UnlinkOutcome::NotDone;
                    }
                    self.unlink_confirmed(&row).await
                }
                .boxed_local(),
            )
        };
        let question = UnlinkQuestion {
            provider: row.id.to_string(),
            answer: Some(answer),
            outcome: outcome.clone(),
        };
        self.inner
            .with_value(|inner| inner.unlink_question.replace(Some(question)));
        self.unlink_candidate.set(Some(row.clone()));
        outcome
    }

    /// The person has answered the question whether to unlink. Only the first
    /// answer counts.
    pub(crate) fn answer_unlink(self, confirmed: bool) {
        let answer = self.inner.try_with_value(|inner| {
            let mut question = inner.unlink_question.borrow_mut();
            question
                .as_mut()
                .and_then(|question| question.answer.take())
        });
        if let Some(answer) = answer.flatten() {
            // Nobody may wait for it.
            let _ = answer.send(confirmed);
        }
    }

    /// Removes a link without a question, and says what came of it.
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
        let focus = FocusGuard::within(&row.element_id());
        let outcome = unlink(self.session, row).await;
        if !self.is_gone() {
            self.present_unlink(row, &outcome);
            // The button that had the focus is gone with the link.
            focus.move_to(&row.element_id());
        }
        outcome
    }
}
