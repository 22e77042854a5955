use std::sync::Arc;
use std::time::Duration;

use external_auth_core::ProviderState;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::View;
use crate::platform::{Listener, moment};
use crate::session::ProviderRow;
use crate::text::{self, Notice, Tone};

/// For how long after the person left to install an app each return to the page
/// asks the provider.
const PATIENCE: Duration = Duration::from_mins(30);

/// An app that the person has gone to install, in another tab.
pub(super) struct Installing {
    provider: Arc<str>,
    since: Duration,
    _focus: Listener,
}

impl View {
    /// The person goes to install the app, or to change where it is installed.
    /// Asks the provider when they come back.
    pub fn notice_install(self, row: &ProviderRow) {
        let focus = Listener::new(&window(), "focus", move |_| self.look_at_installation());
        let installing = Installing {
            provider: Arc::clone(&row.id),
            since: moment().monotonic,
            _focus: focus,
        };
        self.inner
            .with_value(|inner| inner.installing.replace(Some(installing)));
    }

    fn look_at_installation(self) {
        let provider = self.inner.with_value(|inner| {
            let installing = inner.installing.borrow();
            (installing.as_ref())
                .filter(|installing| moment().monotonic.saturating_sub(installing.since) < PATIENCE)
                .map(|installing| Arc::clone(&installing.provider))
        });
        let Some(row) = provider.and_then(|provider| self.session.row(&provider)) else {
            return;
        };
        let was_missing = row.state_untracked() == ProviderState::AppNotInstalled;
        spawn_local(async move {
            let answer = self.session.read_external_auth(&row).await;
            let is_missing = row.try_state() == Some(ProviderState::AppNotInstalled);
            if !matches!(answer, Some(Ok(()))) || is_missing || self.is_gone() {
                return;
            }
            // They came back from it. From now on a focus is only a focus.
            self.inner
                .with_value(|inner| inner.installing.replace(None));
            if was_missing {
                let words = text::app_is_installed(&row.name.get_untracked());
                self.push_notice(&row, Notice::new(Tone::Success, words));
            }
        });
    }
}
