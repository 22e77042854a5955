use external_auth_core::{LinkHealth, routes};
use leptos::prelude::*;

use super::baseline::Baseline;
use super::{LinkOutcome, Linking};
use crate::platform::{leave_for_redirect, navigate};
use crate::session::{PersonCheck, ProviderEntry};

impl Linking {
    /// Begins the redirect flow in this tab, which comes back to this page. A
    /// flow that runs in a window is given up.
    pub(crate) async fn link_in_this_tab(self, entry: ProviderEntry) -> LinkOutcome {
        self.cancel_window();
        let session = self.session();
        match session.acting_person().confirm(false).await {
            PersonCheck::Same => {
                let back = leave_for_redirect(&session.base_url(), &entry.id);
                navigate(&session.deployment_url(&routes::callback(&entry.id, &back)));
                LinkOutcome::Nothing
            }
            PersonCheck::Other => LinkOutcome::AnotherPerson,
            PersonCheck::Unknown(error) => LinkOutcome::NotConfirmed(error),
        }
    }

    /// What came of the redirect flow that this tab comes back from.
    pub(crate) fn come_back(self, entry: &ProviderEntry) -> LinkOutcome {
        let session = self.session();
        session.tell_other_tabs(&entry.id);
        match Baseline::now(session, entry.clone()).before.health {
            LinkHealth::Absent => LinkOutcome::NotFinished,
            // The card says what is wrong, or that it could not be found out.
            LinkHealth::Broken | LinkHealth::Unclear => LinkOutcome::Nothing,
            LinkHealth::Works => LinkOutcome::Linked {
                before: None,
                now: untrack(|| entry.login()),
            },
        }
    }
}
