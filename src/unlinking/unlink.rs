use std::sync::Arc;

use external_auth_core::{
    ApiError, ApiErrorKind, BeforeUnlink, RevocationOutcome, RevocationWarning,
};
use leptos::prelude::*;

use super::UnlinkOutcome;
use crate::session::{
    ActingPerson, Pending, PendingGuard, PersonCheck, ProviderRow, Session, SessionEvent,
};

/// Removes the link of a provider (`DELETE /external-auth/{id}`), and finds out
/// whether the token was revoked. Changes nothing when another person is signed in.
pub(crate) async fn unlink(session: Session, row: &ProviderRow) -> UnlinkOutcome {
    let person = session.acting_person();
    let Some(_pending) = PendingGuard::begin(row, Pending::Unlinking) else {
        return UnlinkOutcome::NotDone;
    };
    // The results of what runs for the link are not wanted any more.
    Session::give_up_live_check(row);
    session.emit(&SessionEvent::UnlinkBegins(Arc::clone(&row.id)));
    let before = BeforeUnlink::of(&row.record(), session.read_clock());
    // What tells where the access can be removed is gone with the link.
    let warning = untrack(|| session.warning_about(row, ""));
    let kept_for = session.kept_for_user();
    let (may_send, not_confirmed) = person.gate(|| true);
    let client = session.client();
    let answer = client.unlink(&row.id, before, &may_send).await;
    match answer {
        None => match not_confirmed.take() {
            _ if session.is_gone() => UnlinkOutcome::NotDone,
            Some(error) if person.is_still_there() => {
                session.emit_error(Some(&row.id), &error);
                UnlinkOutcome::PersonNotConfirmed(error)
            }
            _ => {
                session.tell_nothing_changed(&row.id);
                UnlinkOutcome::AnotherPerson
            }
        },
        // The page has gone, or another person is signed in. A warning is for the
        // person who unlinked.
        Some(answer) if session.is_gone() || !person.is_still_there() => {
            if let (Some(kept_for), Some(reason)) = (kept_for, doubtful_reason(answer)) {
                kept_for.keep(RevocationWarning { reason, ..warning });
            }
            UnlinkOutcome::AnotherPerson
        }
        Some(Ok(outcome)) => {
            let sequence = session.next_sequence();
            session.notice_answer(sequence);
            row.apply(session.read_clock(), |record| record.forget_link(sequence));
            session.tell_other_tabs(&row.id);
            emit_unlinked(session, row, outcome == RevocationOutcome::Revoked);
            of_revocation(session, outcome, warning)
        }
        Some(Err(error)) => {
            session.emit_error(Some(&row.id), &error);
            of_error(session, row, error, warning, person).await
        }
    }
}

fn emit_unlinked(session: Session, row: &ProviderRow, revoked: bool) {
    session.emit(&SessionEvent::Unlinked {
        provider: row.id.to_string(),
        revoked,
    });
}

/// The outcome for the token of a link that was removed.
fn of_revocation(
    session: Session,
    outcome: RevocationOutcome,
    warning: RevocationWarning,
) -> UnlinkOutcome {
    let authorizations_url = session.origins().link(&warning.url);
    match outcome {
        RevocationOutcome::Revoked => UnlinkOutcome::Revoked,
        RevocationOutcome::NotConfigured => UnlinkOutcome::NotRevoked { authorizations_url },
        RevocationOutcome::AlreadyRefused { reason } => UnlinkOutcome::AlreadyRefused {
            reason,
            authorizations_url,
        },
        RevocationOutcome::Failed { reason } => {
            session.warn(RevocationWarning { reason, ..warning });
            UnlinkOutcome::MayStillBeValid
        }
        RevocationOutcome::Unknown => {
            session.warn(warning);
            UnlinkOutcome::MayStillBeValid
        }
    }
}

/// What is true after a request that was not answered as it should be.
async fn of_error(
    session: Session,
    row: &ProviderRow,
    error: ApiError,
    warning: RevocationWarning,
    person: ActingPerson,
) -> UnlinkOutcome {
    session.notice_session_end(&error);
    let is_orphan = row.record().provider.is_none();
    match error.kind {
        ApiErrorKind::NotFound if was_sent(&error) && is_orphan => {
            UnlinkOutcome::OrphanCannotBeRemoved
        }
        ApiErrorKind::NotFound if was_sent(&error) => {
            let is_known = reads_list_for(session, person).await;
            if session.is_gone() || !person.is_still_there() {
                return UnlinkOutcome::AnotherPerson;
            }
            // A proxy answers 404 too.
            if is_known && row.record().is_listed() {
                return UnlinkOutcome::Unconfirmed { error, is_known };
            }
            UnlinkOutcome::WasRemovedAlready { is_known }
        }
        _ if may_be_unlinked(&error) => {
            let is_known = reads_list_for(session, person).await;
            if session.is_gone() || !person.is_still_there() {
                return UnlinkOutcome::AnotherPerson;
            }
            if is_known && !row.record().is_listed() {
                let reason = error.to_string();
                session.warn(RevocationWarning { reason, ..warning });
                return UnlinkOutcome::MayStillBeValid;
            }
            UnlinkOutcome::Unconfirmed { error, is_known }
        }
        _ => UnlinkOutcome::Failed(error),
    }
}

/// Reads the list again. Returns whether a list came, and is for this person.
async fn reads_list_for(session: Session, person: ActingPerson) -> bool {
    session.load_anew().await && person.confirm(false).await == PersonCheck::Same
}

/// Why the token of a link that was removed may still be valid. None where it is
/// not valid, or where the link is not known to be removed.
fn doubtful_reason(answer: Result<RevocationOutcome, ApiError>) -> Option<String> {
    match answer {
        Ok(RevocationOutcome::Failed { reason }) => Some(reason),
        Ok(RevocationOutcome::Unknown) => Some(String::new()),
        _ => None,
    }
}

/// Whether the request that removes the link was sent. The request for the CSRF
/// token, which comes before, removes nothing.
fn was_sent(error: &ApiError) -> bool {
    error.request.starts_with("DELETE")
}

/// Whether the link may be removed although no answer of the deployment came.
/// After a redirect the deployment was not asked.
fn may_be_unlinked(error: &ApiError) -> bool {
    was_sent(error)
        && match error.kind {
            ApiErrorKind::TimedOut
            | ApiErrorKind::Unreachable
            | ApiErrorKind::ServerFailed
            | ApiErrorKind::Unreadable => true,
            ApiErrorKind::SignedOutAtProxy => error.status.is_some(),
            _ => false,
        }
}
