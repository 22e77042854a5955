//! The user API, with which the deployment validates tokens.

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode},
    response::Response,
};
use serde_json::{Value, json};

use super::{Service, ServiceHandle, Validate, client_auth, extract::Now, pages};
use crate::{answer, wire::Account};

/// `GET /{service}/user`: the account of a token.
pub(super) async fn current(service: ServiceHandle, Now(now): Now, headers: HeaderMap) -> Response {
    let mut service = service.lock();
    service.count("user");
    if let Some(refusal) = refusal(&service) {
        return refusal;
    }
    let account = client_auth::bearer(&headers)
        .and_then(|access| service.valid_token(access, now))
        .and_then(|token| service.account(&token.login));
    match account {
        Some(account) => answer::json(StatusCode::OK, &body_of(account)),
        None => bad_credentials(),
    }
}

/// The error that the configured behaviour answers every API request with; none
/// when the access token decides.
pub(super) fn refusal(service: &Service) -> Option<Response> {
    match service.behaviour.validate {
        Validate::Ok => None,
        Validate::Revoked => Some(bad_credentials()),
        Validate::Unavailable => Some(pages::unavailable()),
        Validate::RateLimited => Some(rate_limited(service)),
        Validate::Error => Some(answer::error(
            service.behaviour.validate_status,
            &service.behaviour.validate_body,
        )),
    }
}

fn bad_credentials() -> Response {
    answer::json(
        StatusCode::UNAUTHORIZED,
        &json!({ "message": "Bad credentials" }),
    )
}

/// A rate limit: GitHub answers `403` with headers, others `429` (RFC 6585 §4).
fn rate_limited(service: &Service) -> Response {
    if service.is_github {
        let body = json!({ "message": "API rate limit exceeded for this user." });
        let mut response = answer::json(StatusCode::FORBIDDEN, &body);
        response
            .headers_mut()
            .insert("x-ratelimit-remaining", HeaderValue::from_static("0"));
        return response;
    }
    let body = json!({ "ok": false, "error": "ratelimited" });
    let mut response = answer::json(StatusCode::TOO_MANY_REQUESTS, &body);
    response
        .headers_mut()
        .insert("retry-after", HeaderValue::from_static("30"));
    response
}

/// An account in the form of GitHub's API.
pub(super) fn body_of(account: &Account) -> Value {
    json!({
        "id": account.id,
        "login": account.login,
        "name": account.name,
        "avatar_url": account.avatar_url,
        "html_url": account.profile_url,
    })
}
