use std::sync::Arc;
use std::time::Duration;

use external_auth_core::ProviderState;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{ExternalAuthStore, ProviderEntry};
use crate::platform::{Listener, moment};
use crate::text::{self, Notice, Tone};

/// Every focus in this time after the person left to install an app asks once.
const PATIENCE: Duration = Duration::from_mins(30);

/// An app that the person has gone to install, in another tab.
pub(super) struct Installing {
    provider: Arc<str>,
    since: Duration,
    _focus: Listener,
}

impl ExternalAuthStore {
    /// The person goes to install the app, or to change where it is installed:
    /// looks again when they come back.
    pub fn notice_install(self, entry: &ProviderEntry) {
        let focus = Listener::new(&window(), "focus", move |_| self.look_at_installation());
        let installing = Installing {
            provider: Arc::clone(&entry.id),
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
        let Some(entry) = provider.and_then(|provider| self.entry(&provider)) else {
            return;
        };
        let was_missing = entry.state_untracked() == ProviderState::AppNotInstalled;
        spawn_local(async move {
            let answer = self.read_external_auth(&entry).await;
            let is_missing = entry.try_state() == Some(ProviderState::AppNotInstalled);
            if !matches!(answer, Some(Ok(()))) || is_missing {
                return;
            }
            // They came back from it; from now on a focus is only a focus.
            self.inner
                .with_value(|inner| inner.installing.replace(None));
            if was_missing {
                let words = text::app_is_installed(&entry.name.get_untracked());
                self.announce(words.clone());
                entry.say(Notice::new(Tone::Success, words));
            }
        });
    }
}
