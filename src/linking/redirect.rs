use external_auth_core::{LinkHealth, routes};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::baseline::Baseline;
use super::{LinkOutcome, Linking};
use crate::platform::{leave_for_redirect, navigate};
use crate::session::{Deferred, PersonCheck, ProviderRow};

impl Linking {
    /// Starts the redirect flow in this tab. It returns to this page. A flow
    /// that runs in a window is cancelled.
    pub(crate) fn link_in_this_tab(self, row: &ProviderRow) -> Deferred<LinkOutcome> {
        self.cancel_window();
        let session = self.session();
        let (person, is_sure) = (session.acting_person(), session.is_redirect_sure());
        let baseline = Baseline::now(session, row.clone());
        let end = Deferred::default();
        let ended = end.clone();
        spawn_local(async move {
            let check = if is_sure {
                PersonCheck::Same
            } else {
                person.confirm_redirect().await
            };
            let outcome = match check {
                PersonCheck::Same if session.is_gone() => LinkOutcome::Nothing,
                PersonCheck::Same => {
                    let id = &baseline.row.id;
                    let back = leave_for_redirect(&session.base_url(), id);
                    navigate(&session.deployment_url(&routes::callback(id, &back)));
                    LinkOutcome::Nothing
                }
                PersonCheck::Other => LinkOutcome::AnotherPerson,
                PersonCheck::Unknown(error) => LinkOutcome::NotConfirmed(error),
                PersonCheck::Mismatch(mismatch) => LinkOutcome::AnotherCookie(mismatch),
            };
            baseline.end(&ended, outcome);
        });
        end
    }

    /// The outcome of the redirect flow from which this tab returns.
    pub(crate) fn outcome_of_return(self, row: &ProviderRow) -> LinkOutcome {
        let session = self.session();
        session.tell_other_tabs(&row.id);
        let baseline = Baseline::now(session, row.clone());
        let outcome = match baseline.before.health {
            LinkHealth::Absent => LinkOutcome::NotFinished,
            // The card shows what is wrong, or that it is not known.
            LinkHealth::Broken | LinkHealth::Unclear => LinkOutcome::Nothing,
            LinkHealth::Works => LinkOutcome::Linked {
                before: None,
                now: untrack(|| row.login()),
            },
        };
        baseline.end(&Deferred::default(), outcome.clone());
        outcome
    }
}
