//! The token endpoint's answer to a refresh (RFC 6749 §6).

use axum::{http::StatusCode, response::Response};
use external_auth_core::Timestamp;
use serde_json::{Value, json};

use super::{Behaviour, ERROR_PAGE, Refresh, Service, Token, TokenStatus, pages};
use crate::answer;

/// Exchanges a refresh token. Where the provider rotates refresh tokens, it is
/// invalid from now on, whether or not the answer arrives.
///
/// # Errors
///
/// The description of the error.
pub(super) fn refresh(
    service: &mut Service,
    given: &str,
    now: Timestamp,
) -> Result<Token, &'static str> {
    let found = service.tokens.iter_mut().find(|token| {
        token.status == TokenStatus::Active
            && token
                .refresh
                .as_deref()
                .is_some_and(|refresh| refresh == given)
    });
    let Some(token) = found else {
        return Err("The refresh token is no longer valid.");
    };
    token.status = TokenStatus::Replaced;
    let login = token.login.clone();
    let mut issued = service.issue(&login, None, now);
    if !service.rotate_refresh_tokens {
        // The old refresh token stays valid, and the answer has none.
        if let Some(stored) = service.tokens.last_mut() {
            stored.refresh = Some(given.to_owned());
        }
        issued.refresh = None;
    }
    Ok(issued)
}

/// The error that the configured behaviour answers a refresh with; none when the
/// refresh token decides.
pub(super) fn refusal(behaviour: &Behaviour) -> Option<Response> {
    let (code, usual_status, description) = match behaviour.refresh {
        Refresh::Ok | Refresh::Timeout => return None,
        Refresh::Unavailable => return Some(pages::unavailable()),
        Refresh::Error => return Some(error(behaviour)),
        Refresh::NoToken => {
            return Some(answer::json(
                StatusCode::OK,
                &json!({ "token_type": "bearer" }),
            ));
        }
        Refresh::InvalidGrant => (
            "invalid_grant",
            StatusCode::BAD_REQUEST,
            "The refresh token is no longer valid.",
        ),
        Refresh::UnauthorizedClient => (
            "unauthorized_client",
            StatusCode::BAD_REQUEST,
            "The client may not refresh.",
        ),
        Refresh::UnsupportedGrantType => (
            "unsupported_grant_type",
            StatusCode::BAD_REQUEST,
            "Refresh tokens are not exchanged here.",
        ),
        Refresh::InvalidClient => (
            "invalid_client",
            StatusCode::UNAUTHORIZED,
            "The client is not known, or its secret is wrong.",
        ),
        // GitHub answers these two errors with 200.
        Refresh::BadRefreshToken => (
            "bad_refresh_token",
            StatusCode::OK,
            "The refresh token is wrong or has ended.",
        ),
        Refresh::IncorrectClientCredentials => (
            "incorrect_client_credentials",
            StatusCode::OK,
            "The client's id or secret is wrong.",
        ),
        Refresh::TemporarilyUnavailable => (
            "temporarily_unavailable",
            StatusCode::SERVICE_UNAVAILABLE,
            "The server is overloaded.",
        ),
    };
    let status = behaviour
        .refresh_status
        .and_then(|status| StatusCode::from_u16(status).ok())
        .unwrap_or(usual_status);
    let mut body: Value = json!({ "error": code, "error_description": description });
    if usual_status == StatusCode::OK {
        body["error_uri"] = "https://docs.example.com/oauth-errors".into();
    }
    Some(answer::json(status, &body))
}

/// The error of `refresh_status` and `refresh_body`.
fn error(behaviour: &Behaviour) -> Response {
    answer::error(
        behaviour.refresh_status.unwrap_or(502),
        behaviour.refresh_body.as_deref().unwrap_or(ERROR_PAGE),
    )
}
