use external_auth_core::{ApiError, ApiErrorKind, ProviderState};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::pending::PendingGuard;
use super::{ExternalAuthStore, Pending, ProviderEntry, TITLE_ID};
use crate::platform::{keep_focus, now, take_query_parameter};
use crate::text::{self, Notice, Tone};

/// The query parameter by which the page, when the browser comes back from a
/// redirect flow, knows which provider it was for. A hint, never the result.
const LINKED_PARAMETER: &str = "linked";

impl ExternalAuthStore {
    /// Loads the list for the first time, and says what came of the redirect
    /// flow that the browser comes back from, if it does.
    pub fn start(self) {
        let returned_from = take_query_parameter(LINKED_PARAMETER);
        spawn_local(async move {
            if self.load().await
                && let Some(id) = returned_from
            {
                self.welcome_back(&id);
            }
        });
    }

    /// Loads the list again, because the person asks.
    pub fn reload(self) {
        spawn_local(async move {
            if self.load().await {
                self.announcement.set(text::list_loaded().to_owned());
            }
            // "Try again" is gone when it worked.
            keep_focus(TITLE_ID);
        });
    }

    /// Asks the provider live, because the person asks.
    pub fn check(self, entry: ProviderEntry) {
        spawn_local(async move {
            let Some(_pending) = PendingGuard::begin(entry.pending, Pending::Checking) else {
                return;
            };
            entry.notice.set(None);
            match self.read_external_auth(&entry).await {
                // The end of the session is said once, for the whole page.
                Some(Err(error)) if error.kind == ApiErrorKind::Unauthorized => return,
                Some(Err(error)) if !error.is_passing() => {
                    entry
                        .notice
                        .set(Some(Notice::error(text::check_failed(), &error)));
                }
                Some(_) => {
                    // By-id does not refresh tokens, the list does.
                    if entry.state.get_untracked() == ProviderState::Renewing {
                        self.load().await;
                    }
                }
                None => return,
            }
            self.announce_state(&entry);
            keep_focus(&entry.element_id());
        });
    }

    /// Removes the link, and says what became of the token.
    pub fn unlink(self, entry: ProviderEntry) {
        spawn_local(async move {
            let Some(pending) = PendingGuard::begin(entry.pending, Pending::Unlinking) else {
                return;
            };
            entry.notice.set(None);
            let supports_revocation =
                (entry.knowledge.read_untracked()).is(|provider| provider.supports_revocation);
            let answer = self.client().unlink(&entry.id, supports_revocation).await;
            if self.inner.is_disposed() {
                return;
            }
            let name = entry.name.get_untracked();
            let notice = match answer {
                Ok(outcome) => {
                    entry.knowledge.write().forget_link(self.next_order());
                    text::revocation_outcome(&name, &outcome)
                }
                Err(error) => self.explain_unlink_error(&entry, &name, &error).await,
            };
            self.announcement.set(notice.text.clone());
            entry.notice.set(Some(notice));
            drop(pending);
            // The button that had the focus is gone with the link.
            keep_focus(&entry.element_id());
        });
    }

    async fn explain_unlink_error(
        self,
        entry: &ProviderEntry,
        name: &str,
        error: &ApiError,
    ) -> Notice {
        self.notice_session_end(error);
        // Before it comes a request for the CSRF token, which removes nothing.
        let was_sent = error.request.starts_with("DELETE");
        match error.kind {
            ApiErrorKind::NotFound if entry.knowledge.read_untracked().provider.is_none() => {
                Notice::new(Tone::Warning, text::orphan_cannot_be_unlinked(name))
            }
            ApiErrorKind::NotFound => {
                let known = self.load().await;
                Notice::new(Tone::Information, text::was_unlinked_already(name, known))
            }
            // Said once, for the whole page.
            ApiErrorKind::Unauthorized => Notice::new(Tone::Error, text::unlink_failed()),
            // The request may have reached the server or not: look.
            ApiErrorKind::TimedOut | ApiErrorKind::Unreachable | ApiErrorKind::ServerFailed
                if was_sent =>
            {
                let known = self.load().await;
                let linked = entry.knowledge.read_untracked().is_listed();
                Notice {
                    tone: if known && !linked {
                        Tone::Warning
                    } else {
                        Tone::Error
                    },
                    text: text::unlink_outcome_unknown(name, known.then_some(linked)),
                    detail: error.to_string(),
                }
            }
            _ => Notice::error(text::unlink_failed(), error),
        }
    }

    /// Asks a provider live and keeps the answer or the failure. None when the
    /// store is gone.
    pub(super) async fn read_external_auth(
        self,
        entry: &ProviderEntry,
    ) -> Option<Result<(), ApiError>> {
        let order = self.next_order();
        let answer = self.client().external_auth(&entry.id).await;
        if self.inner.is_disposed() {
            return None;
        }
        Some(match answer {
            Ok(value) => {
                self.session_ended.set(false);
                entry.knowledge.write().take_live(value, order, now());
                Ok(())
            }
            Err(error) => {
                self.notice_session_end(&error);
                entry.knowledge.write().take_failure(error.clone(), order);
                Err(error)
            }
        })
    }

    fn announce_state(self, entry: &ProviderEntry) {
        let name = entry.name.get_untracked();
        let state = text::state_label(entry.state.get_untracked());
        self.announcement.set(format!("{name}: {state}."));
    }
}
