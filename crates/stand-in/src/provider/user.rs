//! The user API, by which the Coder half validates tokens.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode},
    response::Response,
};
use serde_json::{Value, json};

use super::{Service, Validate, client_auth, pages, unavailable};
use crate::{answer, state::Shared, wire::Account};

/// `GET /{service}/user`: whose token it is.
pub(super) async fn current(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    let now = shared.clock.now();
    let mut directory = shared.directory();
    let Some(service) = directory.service_mut(&id) else {
        return pages::no_such_service(&id);
    };
    service.count("user");
    if let Some(refusal) = refusal(service) {
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

/// What the provider's mood makes of any request to its API.
pub(super) fn refusal(service: &Service) -> Option<Response> {
    match service.behaviour.validate {
        Validate::Ok => None,
        Validate::Revoked => Some(bad_credentials()),
        Validate::Unavailable => Some(unavailable()),
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

/// GitHub says it with `403` and headers, others with `429` (RFC 6585 §4).
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

/// An account, named as GitHub's API names its fields.
pub(super) fn body_of(account: &Account) -> Value {
    json!({
        "id": account.id,
        "login": account.login,
        "name": account.name,
        "avatar_url": account.avatar_url,
        "html_url": account.profile_url,
    })
}
