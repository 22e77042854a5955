use external_auth_core::{
    ApiError, ApiErrorKind, BeforeUnlink, RevocationOutcome, RevocationWarning, SafeUrl,
};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::pending::PendingGuard;
use super::{ExternalAuthStore, Pending, ProviderEntry, StoreEvent};
use crate::platform::KeptFocus;
use crate::text::{self, Notice, Tone};

impl ExternalAuthStore {
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
            let before = BeforeUnlink::of(&entry.knowledge.read_untracked(), self.read_clock());
            // What tells where the grant can be ended is gone with the link.
            let warning = untrack(|| self.warning_about(&entry, ""));
            let focus = KeptFocus::within(&entry.element_id());
            let answer = self.client().unlink(&entry.id, before).await;
            if self.inner.is_disposed() {
                return;
            }
            let name = entry.name.get_untracked();
            let spoken = match answer {
                Ok(outcome) => {
                    let order = self.next_order();
                    self.notice_session(order);
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
                entry.say(note(&words, &warning, String::new()));
                Some(words)
            }
            RevocationOutcome::AlreadyRefused { reason } => {
                let words = text::unlinked_already_refused(&name);
                entry.say(note(&words, &warning, reason));
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
            // The link may be gone or not: look.
            kind if was_sent && may_be_unlinked(error) => {
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
                Notice {
                    detail: error.to_string(),
                    ..Notice::new(Tone::Error, text::unlink_outcome_unknown(name, kind, known))
                }
            }
            // Why is said once, for the whole page.
            kind if kind.is_sign_out() => Notice::new(Tone::Error, text::unlink_failed()),
            _ => Notice::error(text::unlink_failed(), error),
        })
    }
}

/// Whether the link may be gone although the answer is none of Coder's, or none
/// came. After a redirect the deployment was not asked.
fn may_be_unlinked(error: &ApiError) -> bool {
    match error.kind {
        ApiErrorKind::TimedOut
        | ApiErrorKind::Unreachable
        | ApiErrorKind::ServerFailed
        | ApiErrorKind::Unreadable => true,
        ApiErrorKind::SignedOutAtProxy => error.status.is_some(),
        _ => false,
    }
}

/// A calm word, with a link to where the grant can be looked at.
fn note(words: &str, warning: &RevocationWarning, detail: String) -> Notice {
    Notice {
        url: SafeUrl::parse(&warning.url),
        detail,
        ..Notice::new(Tone::Information, words)
    }
}
