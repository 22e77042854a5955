use crate::find_text::contains_text;
use crate::server_text::{beginning, leading_status, network_failure, outside_quotes};
use crate::{LinkFailure, PermanentFailure, TransientFailure};

/// The error codes with which a token endpoint refuses a refresh token
/// permanently, according to the server's rule.
const PERMANENT_CODES: [&str; 6] = [
    "bad_refresh_token",
    "invalid_grant",
    "unauthorized_client",
    "unsupported_grant_type",
    "incorrect_client_credentials",
    "invalid_client",
];

/// How the server begins a reason for its own failure, after the provider
/// answered correctly.
const SERVER_STEPS: [&str; 3] = [
    "generate token extra:",
    "persist refreshed token:",
    "update user ",
];

/// Reads the `validate_error` of a link that is not authenticated
/// (`GET /external-auth`).
///
/// The structure of the text decides. It begins with the server's own words.
/// The body from a provider or a proxy follows `body:` or `Response:`, or is in
/// quotes; it can contain any word, so it is never searched. A text with an
/// unknown beginning is [`TransientFailure::UnknownReason`], unless it names a
/// network failure.
#[must_use]
pub fn classify_validate_error(validate_error: &str) -> LinkFailure {
    use PermanentFailure::{Expired, RefreshRefused, Revoked, Unexplained};

    let text = beginning(validate_error);
    let begins = |words: &str| text.starts_with(words);
    if text.is_empty() {
        // A link without a token.
        LinkFailure::Permanent(Unexplained)
    } else if begins("token failed to validate") {
        LinkFailure::Permanent(Revoked)
    } else if begins("token expired and refreshing failed") {
        // The server stores only permanent failures, so the reason need not be
        // read.
        LinkFailure::Permanent(RefreshRefused)
    } else if begins("token expired, refreshing is either disabled") {
        LinkFailure::Permanent(Expired)
    } else if SERVER_STEPS.iter().any(|step| begins(step)) {
        LinkFailure::Transient(TransientFailure::DeploymentFailed)
    } else if let Some(reason) = text.strip_prefix("refresh token:") {
        of_refresh(reason.trim_start())
    } else {
        let reason = text.strip_prefix("validate external auth token:");
        of_validation(reason.unwrap_or(&text).trim_start())
    }
}

/// Reads why a token could not be validated: the `detail` of a `500` of
/// `GET /external-auth/{id}`.
pub(crate) fn classify_validation(reason: &str) -> LinkFailure {
    of_validation(&beginning(reason))
}

/// Only a `401` means that the token is refused. For a `403` that is a refusal,
/// the server writes "token failed to validate". A `403` in another text may be
/// a rate limit: the headers that would tell are not in the text.
fn of_validation(reason: &str) -> LinkFailure {
    match reason.strip_prefix("status ").and_then(leading_status) {
        Some(401) => LinkFailure::Permanent(PermanentFailure::Revoked),
        Some(status) => LinkFailure::Transient(of_status(status)),
        None => of_own_words(reason),
    }
}

/// Go's OAuth library writes either the status line and the body, or the code,
/// the description and the URI of an error (RFC 6749 §5.2), each in quotes.
fn of_refresh(reason: &str) -> LinkFailure {
    const REFUSED: LinkFailure = LinkFailure::Permanent(PermanentFailure::RefreshRefused);

    if let Some(status_line) = reason.strip_prefix("oauth2: cannot fetch token:") {
        return match leading_status(status_line.trim_start()) {
            Some(200 | 400 | 401) => REFUSED,
            Some(status) => LinkFailure::Transient(of_status(status)),
            None => UNKNOWN,
        };
    }
    if contains_text(&outside_quotes(reason), NOT_REMOVED) {
        return LinkFailure::Transient(TransientFailure::DeploymentFailed);
    }
    let code = (reason.strip_prefix("oauth2: \"")).and_then(|rest| rest.split_once('"'));
    match code {
        Some((code, _)) if PERMANENT_CODES.contains(&code) => REFUSED,
        // The codes that RFC 6749 §4.1.2.1 defines in place of `5xx`.
        Some(("server_error" | "temporarily_unavailable", _)) => {
            LinkFailure::Transient(TransientFailure::Unavailable)
        }
        // Another code is permanent with some statuses and transient with
        // others, and the text does not contain the status.
        Some(_) => UNKNOWN,
        None => of_own_words(reason),
    }
}

/// The deployment could not forget a refresh token that was refused.
const NOT_REMOVED: &str = "then removing refresh token failed:";

const UNKNOWN: LinkFailure = LinkFailure::Transient(TransientFailure::UnknownReason);

/// A status that does not refuse the token.
fn of_status(status: u16) -> TransientFailure {
    match status {
        403 => TransientFailure::Forbidden,
        429 => TransientFailure::RateLimited,
        500..=599 => TransientFailure::Unavailable,
        _ => TransientFailure::UnknownReason,
    }
}

fn of_own_words(reason: &str) -> LinkFailure {
    network_failure(reason).map_or(UNKNOWN, LinkFailure::Transient)
}
