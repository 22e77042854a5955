use external_auth_core::{
    ApiError, ApiErrorKind, BeforeUnlink, RevocationOutcome, RevocationWarning, SafeUrl,
};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::pending::PendingGuard;
use super::person::{ActingPerson, PersonCheck};
use super::{ExternalAuthStore, Pending, ProviderEntry, StoreEvent};
use crate::platform::FocusGuard;
use crate::text::{self, Notice, Tone};

impl ExternalAuthStore {
    /// Removes the link, and says what became of the token. Nothing is changed
    /// when another person is signed in by now.
    pub fn unlink(self, entry: ProviderEntry) {
        let person = self.acting_person();
        spawn_local(async move {
            let Some(pending) = PendingGuard::begin(entry.pending, Pending::Unlinking) else {
                return;
            };
            entry.clear_notices();
            // What runs for a link that goes is of no interest any more.
            Self::give_up_live_check(&entry);
            let links = self.window_link.get_untracked();
            if links.is_some_and(|link| link.provider == entry.id) {
                self.cancel_window_link();
            }
            let before = BeforeUnlink::of(&entry.record.read_untracked(), self.read_clock());
            // What tells where the grant can be ended is gone with the link.
            let warning = untrack(|| self.warning_about(&entry, ""));
            let user = self.user();
            let focus = FocusGuard::within(&entry.element_id());
            let (may_send, not_confirmed) = person.gate(|| true);
            let answer = self.client().unlink(&entry.id, before, &may_send).await;
            if self.inner.is_disposed() {
                return;
            }
            let spoken = match answer {
                None => self.explain_unsent(&entry, person, not_confirmed.take()),
                Some(answer) if !person.is_still_there() => {
                    // It is about somebody else's link, and for them alone.
                    if let (Some(user), Some(reason)) = (user, doubtful_reason(answer)) {
                        self.keep_warning_for(&user.id, RevocationWarning { reason, ..warning });
                    }
                    Spoken::Nothing
                }
                Some(Ok(outcome)) => {
                    let order = self.next_order();
                    self.notice_session(order);
                    entry.apply(self.read_clock(), |record| record.forget_link(order));
                    self.tell_other_tabs(&entry.id);
                    self.emit(&StoreEvent::Unlinked {
                        provider: entry.id.to_string(),
                        revoked: outcome == RevocationOutcome::Revoked,
                    });
                    self.explain_unlink(&entry, outcome, warning)
                }
                Some(Err(error)) => {
                    self.emit_error(Some(&entry.id), &error);
                    self.explain_unlink_error(&entry, &error, warning, person)
                        .await
                }
            };
            if self.inner.is_disposed() {
                return;
            }
            match spoken {
                Spoken::Notice(words) => self.announce(words),
                Spoken::Warning => {
                    let name = entry.name.get_untracked();
                    self.announce_now(text::revocation_warning(&name, None));
                }
                Spoken::Nothing => {}
            }
            drop(pending);
            self.emit_settled(&entry.id);
            // The button that had the focus is gone with the link.
            focus.move_to(&entry.element_id());
        });
    }

    /// Nothing was sent: another person is signed in, or nobody says who is.
    fn explain_unsent(
        self,
        entry: &ProviderEntry,
        person: ActingPerson,
        error: Option<ApiError>,
    ) -> Spoken {
        match error {
            Some(error) if person.is_still_there() => {
                self.say_not_confirmed(entry, &error);
                Spoken::Nothing
            }
            _ => {
                self.say_nothing_changed(&entry.id);
                Spoken::Nothing
            }
        }
    }

    /// Says what became of the token: in a notice, or in a warning that stays.
    fn explain_unlink(
        self,
        entry: &ProviderEntry,
        outcome: RevocationOutcome,
        warning: RevocationWarning,
    ) -> Spoken {
        let name = entry.name.get_untracked();
        match outcome {
            RevocationOutcome::Failed { reason } => {
                self.warn(RevocationWarning { reason, ..warning });
                Spoken::Warning
            }
            RevocationOutcome::NotSaid => {
                self.warn(warning);
                Spoken::Warning
            }
            RevocationOutcome::Revoked => {
                let words = text::unlinked_and_revoked(&name);
                say(entry, Notice::new(Tone::Success, words))
            }
            RevocationOutcome::NotConfigured => {
                let words = text::unlinked_not_revoked(&name);
                say(entry, note(&words, &warning, String::new()))
            }
            RevocationOutcome::AlreadyRefused { reason } => {
                let words = text::unlinked_already_refused(&name);
                say(entry, note(&words, &warning, reason))
            }
        }
    }

    /// Says what is true after an unlink that was not answered as it should be.
    async fn explain_unlink_error(
        self,
        entry: &ProviderEntry,
        error: &ApiError,
        warning: RevocationWarning,
        person: ActingPerson,
    ) -> Spoken {
        self.notice_session_end(error);
        let name = &entry.name.get_untracked();
        // Before it comes a request for the CSRF token, which removes nothing.
        let was_sent = error.request.starts_with("DELETE");
        let notice = match error.kind {
            ApiErrorKind::NotFound if entry.record.read_untracked().provider.is_none() => {
                Notice::new(Tone::Warning, text::orphan_cannot_be_unlinked(name))
            }
            ApiErrorKind::NotFound => {
                let known = self.reads_anew_for(person).await;
                if !person.is_still_there() {
                    return Spoken::Nothing;
                }
                Notice::new(Tone::Information, text::was_unlinked_already(name, known))
            }
            // The link may be gone or not: look.
            kind if was_sent && may_be_unlinked(error) => {
                let known = self.reads_anew_for(person).await;
                if self.inner.is_disposed() || !person.is_still_there() {
                    return Spoken::Nothing;
                }
                let linked = entry.record.read_untracked().is_listed();
                if known && !linked {
                    let reason = error.to_string();
                    self.warn(RevocationWarning { reason, ..warning });
                    return Spoken::Warning;
                }
                Notice {
                    detail: error.to_string(),
                    ..Notice::new(Tone::Error, text::unlink_outcome_unknown(name, kind, known))
                }
            }
            // Why is said once, for the whole page.
            kind if kind.is_sign_out() => Notice::new(Tone::Error, text::unlink_failed()),
            _ => Notice::error(text::unlink_failed(), error),
        };
        say(entry, notice)
    }

    /// Reads the list again. Whether it came, and is for this person.
    async fn reads_anew_for(self, person: ActingPerson) -> bool {
        self.load_anew().await && person.confirm(false).await == PersonCheck::Same
    }
}

/// What is to be read out.
enum Spoken {
    /// The words of a notice.
    Notice(String),
    /// That the token may still be valid.
    Warning,
    /// It was said elsewhere, or is not for the person who is signed in now.
    Nothing,
}

fn say(entry: &ProviderEntry, notice: Notice) -> Spoken {
    let words = notice.text.clone();
    entry.say(notice);
    Spoken::Notice(words)
}

/// Why the token of a link that is gone may still be valid; none where it is
/// not, or where the link is not known to be gone.
fn doubtful_reason(answer: Result<RevocationOutcome, ApiError>) -> Option<String> {
    match answer {
        Ok(RevocationOutcome::Failed { reason }) => Some(reason),
        Ok(RevocationOutcome::NotSaid) => Some(String::new()),
        _ => None,
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
