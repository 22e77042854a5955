//! The endpoints that revoke tokens.

use axum::{
    body::Bytes,
    extract::Path,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use serde_json::Value;

use super::{Revoke, ServiceHandle, client_auth, extract::Now, pages};
use crate::{answer, form::Form};

/// `POST /{service}/revoke` (RFC 7009 §2).
pub(super) async fn rfc_7009(service: ServiceHandle, headers: HeaderMap, form: Form) -> Response {
    if let Some(failure) = count_and_fail(&service).await {
        return failure;
    }
    let mut service = service.lock();
    if let Err(refusal) = client_auth::check(&service.client, &headers, &form) {
        return refusal;
    }
    let given = form.get("token");
    service.revoke_where(|token| token.access == given || token.refresh.as_deref() == Some(given));
    // Also for an unknown token (§2.2).
    StatusCode::OK.into_response()
}

/// `DELETE /{service}/applications/{client}/grant`: GitHub's API, which revokes
/// every token that the user gave the app.
pub(super) async fn github_grant(
    Path((_, client)): Path<(String, String)>,
    service: ServiceHandle,
    Now(now): Now,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if let Some(failure) = count_and_fail(&service).await {
        return failure;
    }
    let mut service = service.lock();
    if service.client.id != client {
        return pages::no_such_service(&service.id);
    }
    if let Err(refusal) = client_auth::check(&service.client, &headers, &Form::default()) {
        return refusal;
    }
    let body: Value = serde_json::from_slice(&body).unwrap_or_default();
    let given = body["access_token"].as_str().unwrap_or_default();
    let Some(login) = service
        .valid_token(given, now)
        .map(|token| token.login.clone())
    else {
        return answer::json(
            StatusCode::UNPROCESSABLE_ENTITY,
            &serde_json::json!({ "message": "The token is not one of this app." }),
        );
    };
    service.revoke_grant(&login);
    StatusCode::NO_CONTENT.into_response()
}

/// Counts the request. Returns the answer of a provider whose revocation fails.
async fn count_and_fail(service: &ServiceHandle) -> Option<Response> {
    let behaviour = {
        let mut service = service.lock();
        service.count("revoke");
        service.behaviour.clone()
    };
    match behaviour.revoke {
        Revoke::Ok => None,
        Revoke::Silent => Some(StatusCode::ACCEPTED.into_response()),
        Revoke::Timeout => std::future::pending().await,
        Revoke::Error => Some(answer::error(
            behaviour.revoke_status,
            &behaviour.revoke_body,
        )),
    }
}
