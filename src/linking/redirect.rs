use external_auth_core::{LinkHealth, routes};
use leptos::prelude::*;

use super::baseline::Baseline;
use super::{LinkOutcome, Linking};
use crate::platform::{leave_for_redirect, navigate};
use crate::session::{PersonCheck, ProviderRow};

impl Linking {
    /// Starts the redirect flow in this tab. It returns to this page. A flow
    /// that runs in a window is cancelled.
    pub(crate) async fn link_in_this_tab(self, row: ProviderRow) -> LinkOutcome {
        self.cancel_window();
        let session = self.session();
        match session.acting_person().confirm(false).await {
            PersonCheck::Same => {
                let back = leave_for_redirect(&session.base_url(), &row.id);
                navigate(&session.deployment_url(&routes::callback(&row.id, &back)));
                LinkOutcome::Nothing
            }
            PersonCheck::Other => LinkOutcome::AnotherPerson,
            PersonCheck::Unknown(error) => LinkOutcome::NotConfirmed(error),
        }
    }

    /// The outcome of the redirect flow from which this tab returns.
    pub(crate) fn come_back(self, row: &ProviderRow) -> LinkOutcome {
        let session = self.session();
        session.tell_other_tabs(&row.id);
        match Baseline::now(session, row.clone()).before.health {
            LinkHealth::Absent => LinkOutcome::NotFinished,
            // The card shows what is wrong, or that it is not known.
            LinkHealth::Broken | LinkHealth::Unclear => LinkOutcome::Nothing,
            LinkHealth::Works => LinkOutcome::Linked {
                before: None,
                now: untrack(|| row.login()),
            },
        }
    }
}
