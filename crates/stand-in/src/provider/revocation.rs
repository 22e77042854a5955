//! How a client gives tokens back.

use std::sync::Arc;

use axum::{
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use serde_json::Value;

use super::{Revoke, client_auth, pages};
use crate::{answer, form::Form, state::Shared};

/// `POST /{service}/revoke` (RFC 7009 §2).
pub(super) async fn rfc_7009(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if let Some(instead) = begin(&shared, &id).await {
        return instead;
    }
    let form = Form::parse(&body);
    let mut directory = shared.directory();
    let Some(service) = directory.service_mut(&id) else {
        return pages::no_such_service(&id);
    };
    if let Err(refusal) = client_auth::check(&service.client, &headers, &form) {
        return refusal;
    }
    let given = form.get("token");
    service.revoke_where(|token| token.access == given || token.refresh.as_deref() == Some(given));
    // Also for a token that is not known (§2.2).
    StatusCode::OK.into_response()
}

/// `DELETE /{service}/applications/{client}/grant`: the way of GitHub's API,
/// which ends every token of that user for the app.
pub(super) async fn github_grant(
    State(shared): State<Arc<Shared>>,
    Path((id, client)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if let Some(instead) = begin(&shared, &id).await {
        return instead;
    }
    let mut directory = shared.directory();
    let Some(service) = directory
        .service_mut(&id)
        .filter(|service| service.client.id == client)
    else {
        return pages::no_such_service(&id);
    };
    if let Err(refusal) = client_auth::check(&service.client, &headers, &Form::default()) {
        return refusal;
    }
    let body: Value = serde_json::from_slice(&body).unwrap_or_default();
    let given = body["access_token"].as_str().unwrap_or_default();
    let Some(login) = service
        .valid_token(given, shared.clock.now())
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

/// Counts the request, and gives the answer of a revocation that does not work.
async fn begin(shared: &Shared, id: &str) -> Option<Response> {
    let behaviour = {
        let mut directory = shared.directory();
        let service = directory.service_mut(id)?;
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
