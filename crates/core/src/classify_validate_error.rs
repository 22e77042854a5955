use crate::server_text::{beginning, leading_status, network_failure, outside_quotes};
use crate::{LinkFailure, PermanentFailure, TransientFailure};

/// The codes by which a token endpoint refuses a refresh token for good, by
/// the server's own rule.
const FINAL_CODES: [&str; 6] = [
    "bad_refresh_token",
    "invalid_grant",
    "unauthorized_client",
    "unsupported_grant_type",
    "incorrect_client_credentials",
    "invalid_client",
];

/// What the server puts before a reason of its own, after the provider did
/// what it should.
const SERVER_STEPS: [&str; 3] = [
    "generate token extra:",
    "persist refreshed token:",
    "update user ",
];

/// Reads the `validate_error` of a link that is not authenticated
/// (`GET /external-auth`).
///
/// The structure decides: the text begins with the server's own words, and
/// what a provider or a proxy sent stands behind `body:`, behind `Response:`,
/// or in quotes. That can hold any word, and is never searched. What begins in
/// no way that is known is [`TransientFailure::UnknownReason`], unless it tells
/// of a failure of the way.
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
        // Only final failures are kept, so no word of the reason matters.
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

/// A token counts as refused by a `401` alone. A server says "token failed to
/// validate" for a `403` that is a refusal, and nothing for one that is a rate
/// limit; which one a `403` in a text was stood in headers that are gone.
fn of_validation(reason: &str) -> LinkFailure {
    match reason.strip_prefix("status ").and_then(leading_status) {
        Some(401) => LinkFailure::Permanent(PermanentFailure::Revoked),
        Some(status) => LinkFailure::Transient(of_status(status)),
        None => of_own_words(reason),
    }
}

/// Go's OAuth library writes the status line and the body, or the code, the
/// description and the address of an error (RFC 6749 §5.2), each in quotes.
fn of_refresh(reason: &str) -> LinkFailure {
    const REFUSED: LinkFailure = LinkFailure::Permanent(PermanentFailure::RefreshRefused);

    if let Some(status_line) = reason.strip_prefix("oauth2: cannot fetch token:") {
        return match leading_status(status_line.trim_start()) {
            Some(200 | 400 | 401) => REFUSED,
            Some(status) => LinkFailure::Transient(of_status(status)),
            None => UNKNOWN,
        };
    }
    if outside_quotes(reason).contains("then removing refresh token failed:") {
        return LinkFailure::Transient(TransientFailure::DeploymentFailed);
    }
    let code = (reason.strip_prefix("oauth2: \"")).and_then(|rest| rest.split_once('"'));
    match code {
        Some((code, _)) if FINAL_CODES.contains(&code) => REFUSED,
        // The codes that RFC 6749 §4.1.2.1 has for `5xx`.
        Some(("server_error" | "temporarily_unavailable", _)) => {
            LinkFailure::Transient(TransientFailure::Unavailable)
        }
        // Another code is final with some statuses and passing with others,
        // and the text does not hold the status.
        Some(_) => UNKNOWN,
        None => of_own_words(reason),
    }
}

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
