use external_auth_core::{
    ApiError, ApiErrorKind, ListFilter, RevocationOutcome, RevocationWarning, SafeUrl,
};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::following::effect;
use super::pending::PendingGuard;
use super::{ExternalAuthStore, Pending, ProviderEntry, StoreEvent, TITLE_ID};
use crate::platform::{KeptFocus, keep_query_parameter, query_parameter, take_redirect_return};
use crate::text::{self, Notice, Tone};

/// The query parameters by which the page keeps its search and its filter.
const QUERY_PARAMETER: &str = "q";
const FILTER_PARAMETER: &str = "show";

impl ExternalAuthStore {
    /// Loads the list for the first time, and says what came of the redirect
    /// flow that the browser comes back from, if it does.
    pub fn start(self) {
        let returned_from = take_redirect_return(&self.config().base_url);
        self.restore_warnings();
        self.keep_search_in_address();
        spawn_local(async move {
            if self.load().await
                && let Some(id) = returned_from
            {
                self.welcome_back(&id);
            }
        });
    }

    /// Loads the list for an element on another page, unless another element
    /// of the same store has done so; and says what came of the redirect flow
    /// that the browser comes back from, if it does.
    pub fn start_embedded(self) {
        if self.is_loading() || self.list.read_untracked().loaded {
            return;
        }
        self.restore_warnings();
        let returned_from = take_redirect_return(&self.config().base_url);
        spawn_local(async move {
            if self.load().await
                && let Some(id) = returned_from
            {
                self.welcome_back(&id);
            }
        });
    }

    /// Searches and filters as the address of the page says, and has the
    /// address follow.
    fn keep_search_in_address(self) {
        self.query.set(query_parameter(QUERY_PARAMETER));
        self.filter
            .set(ListFilter::parse(&query_parameter(FILTER_PARAMETER)));
        effect(move || {
            keep_query_parameter(QUERY_PARAMETER, &self.query.read());
            let filter = self.filter.get();
            let value = if filter == ListFilter::All {
                ""
            } else {
                filter.as_str()
            };
            keep_query_parameter(FILTER_PARAMETER, value);
        });
    }

    /// Loads the list again, because the person asks.
    pub fn reload(self) {
        spawn_local(async move {
            let focus = KeptFocus::anywhere();
            if self.load().await {
                self.announce(text::list_loaded().to_owned());
            }
            // "Try again" is gone when it worked.
            focus.give_on(TITLE_ID);
        });
    }

    /// Asks the provider live, because the person asks.
    pub fn check(self, entry: ProviderEntry) {
        spawn_local(async move {
            let Some(_pending) = PendingGuard::begin(entry.pending, Pending::Checking) else {
                return;
            };
            entry.begin_anew();
            let focus = KeptFocus::within(&entry.element_id());
            match self.join_external_auth(&entry).await {
                // The end of the session is said once, for the whole page.
                Some(Err(error)) if error.kind == ApiErrorKind::Unauthorized => return,
                Some(Err(error)) if !error.is_passing() => {
                    self.emit_error(Some(&entry.id), &error);
                    entry.say(Notice::error(text::check_failed(), &error));
                }
                Some(_) => {
                    let knowledge = entry.knowledge.get_untracked();
                    // By-id does not refresh tokens, the list does.
                    if knowledge.renews() && knowledge.is_refused_live() {
                        self.load_anew().await;
                    }
                }
                None => return,
            }
            if self.inner.is_disposed() {
                return;
            }
            self.announce_state(&entry);
            focus.give_on(&entry.element_id());
        });
    }

    /// Removes the link, and says what became of the token.
    pub fn unlink(self, entry: ProviderEntry) {
        spawn_local(async move {
            let Some(pending) = PendingGuard::begin(entry.pending, Pending::Unlinking) else {
                return;
            };
            entry.begin_anew();
            // What runs for a link that goes is of no interest any more.
            Self::give_up_live_check(&entry);
            let links = self.window_link.get_untracked();
            if links.is_some_and(|link| link.provider == entry.id) {
                self.cancel_window_link();
            }
            let supports_revocation =
                (entry.knowledge.read_untracked()).is(|provider| provider.supports_revocation);
            // What tells where the grant can be ended is gone with the link.
            let warning = untrack(|| self.warning_about(&entry, ""));
            let focus = KeptFocus::within(&entry.element_id());
            let answer = self.client().unlink(&entry.id, supports_revocation).await;
            if self.inner.is_disposed() {
                return;
            }
            let name = entry.name.get_untracked();
            let spoken = match answer {
                Ok(outcome) => {
                    let order = self.next_order();
                    entry.learn(self.read_clock(), |knowledge| knowledge.forget_link(order));
                    self.tell_other_tabs(&entry.id);
                    self.emit(&StoreEvent::Unlinked {
                        provider: entry.id.to_string(),
                        revoked: outcome == RevocationOutcome::Revoked,
                    });
                    self.explain_unlink(&entry, outcome, warning)
                }
                Err(error) => {
                    self.emit_error(Some(&entry.id), &error);
                    let notice = self.explain_unlink_error(&entry, &error, warning).await;
                    notice.map(|notice| {
                        let words = notice.text.clone();
                        entry.say(notice);
                        words
                    })
                }
            };
            if self.inner.is_disposed() {
                return;
            }
            match spoken {
                Some(words) => self.announce(words),
                None => self.announce_now(text::revocation_warning(&name, None)),
            }
            drop(pending);
            self.emit_settled(&entry.id);
            // The button that had the focus is gone with the link.
            focus.give_on(&entry.element_id());
        });
    }

    /// Says what became of the token: in a notice, whose words come back, or in
    /// a warning that stays.
    fn explain_unlink(
        self,
        entry: &ProviderEntry,
        outcome: RevocationOutcome,
        warning: RevocationWarning,
    ) -> Option<String> {
        let name = entry.name.get_untracked();
        match outcome {
            RevocationOutcome::Failed { reason } => {
                self.warn(RevocationWarning { reason, ..warning });
                None
            }
            RevocationOutcome::NotSaid => {
                self.warn(warning);
                None
            }
            RevocationOutcome::Revoked => {
                let words = text::unlinked_and_revoked(&name);
                entry.say(Notice::new(Tone::Success, words.clone()));
                Some(words)
            }
            RevocationOutcome::NotConfigured => {
                let words = text::unlinked_not_revoked(&name);
                let notice = Notice::new(Tone::Information, words.clone());
                entry.say(Notice {
                    url: SafeUrl::parse(&warning.url),
                    ..notice
                });
                Some(words)
            }
        }
    }

    /// None where a warning says it.
    async fn explain_unlink_error(
        self,
        entry: &ProviderEntry,
        error: &ApiError,
        warning: RevocationWarning,
    ) -> Option<Notice> {
        self.notice_session_end(error);
        let name = &entry.name.get_untracked();
        // Before it comes a request for the CSRF token, which removes nothing.
        let was_sent = error.request.starts_with("DELETE");
        Some(match error.kind {
            ApiErrorKind::NotFound if entry.knowledge.read_untracked().provider.is_none() => {
                Notice::new(Tone::Warning, text::orphan_cannot_be_unlinked(name))
            }
            ApiErrorKind::NotFound => {
                let known = self.load_anew().await;
                Notice::new(Tone::Information, text::was_unlinked_already(name, known))
            }
            // Said once, for the whole page.
            ApiErrorKind::Unauthorized => Notice::new(Tone::Error, text::unlink_failed()),
            // The link may be gone or not: look.
            ApiErrorKind::TimedOut | ApiErrorKind::Unreachable | ApiErrorKind::ServerFailed
                if was_sent =>
            {
                let known = self.load_anew().await;
                if self.inner.is_disposed() {
                    return None;
                }
                let linked = entry.knowledge.read_untracked().is_listed();
                if known && !linked {
                    let reason = error.to_string();
                    self.warn(RevocationWarning { reason, ..warning });
                    return None;
                }
                let answered = error.kind == ApiErrorKind::ServerFailed;
                Notice {
                    detail: error.to_string(),
                    ..Notice::new(
                        Tone::Error,
                        text::unlink_outcome_unknown(name, answered, known),
                    )
                }
            }
            _ => Notice::error(text::unlink_failed(), error),
        })
    }

    fn announce_state(self, entry: &ProviderEntry) {
        let name = entry.name.get_untracked();
        let state = text::state_label(entry.state.get_untracked());
        self.announce(format!("{name}: {state}."));
    }
}
