//! The token endpoint (RFC 6749 §3.2).

use std::sync::Arc;

use axum::{
    body::Bytes,
    extract::{Path, RawQuery, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use external_auth_core::Timestamp;
use serde_json::{Value, json};

use super::{
    DeviceErrors, Refresh, Service, Token, client_auth, oauth_error, pages, refresh, s256,
};
use crate::{answer, form::Form, state::Shared};

const DEVICE_GRANT_TYPE: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// `POST /{service}/token`.
pub(super) async fn exchange(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let now = shared.clock.now();
    let form = Form::of_body_or_query(&body, query.as_deref(), "grant_type");
    if counted_refresh_that_never_ends(&shared, &id, &form) {
        return std::future::pending().await;
    }
    let mut directory = shared.directory();
    let Some(service) = directory.service_mut(&id) else {
        return pages::no_such_service(&id);
    };
    service.count("token");
    if form.get("grant_type") == DEVICE_GRANT_TYPE {
        return poll(service, &form, now);
    }
    if let Err(refusal) = client_auth::check(&service.client, &headers, &form) {
        return refusal;
    }
    let issued = match form.get("grant_type") {
        "authorization_code" => redeem(service, &form, now),
        "refresh_token" => match refresh::refusal(&service.behaviour) {
            Some(refusal) => return refusal,
            None => refresh::refresh(service, form.get("refresh_token"), now),
        },
        _ => {
            return oauth_error(
                StatusCode::BAD_REQUEST,
                "unsupported_grant_type",
                "Codes and refresh tokens are exchanged here.",
            );
        }
    };
    match issued {
        Ok(token) => answer::json(StatusCode::OK, &body_of(&token, now)),
        Err(description) => oauth_error(StatusCode::BAD_REQUEST, "invalid_grant", description),
    }
}

/// Whether it is a refresh that the provider never answers. It is counted, so
/// that a test can wait until it is there.
fn counted_refresh_that_never_ends(shared: &Shared, id: &str, form: &Form) -> bool {
    let mut directory = shared.directory();
    let service = directory.service_mut(id).filter(|service| {
        service.behaviour.refresh == Refresh::Timeout && form.get("grant_type") == "refresh_token"
    });
    if let Some(service) = service {
        service.count("token");
        return true;
    }
    false
}

/// Exchanges a device code (RFC 8628 §3.4). A device has no secret to show.
fn poll(service: &mut Service, form: &Form, now: Timestamp) -> Response {
    if form.get("client_id") != service.client.id {
        return oauth_error(
            StatusCode::UNAUTHORIZED,
            "invalid_client",
            "The client is not known.",
        );
    }
    let status_of_errors = match service.behaviour.device_errors {
        DeviceErrors::Plain => StatusCode::OK,
        DeviceErrors::Wrapped => StatusCode::BAD_REQUEST,
    };
    match service.redeem_device_code(form.get("device_code"), now) {
        Ok(token) => answer::json(StatusCode::OK, &body_of(&token, now)),
        Err(refusal) => oauth_error(status_of_errors, refusal.error, refusal.description),
    }
}

/// Exchanges a code (RFC 6749 §4.1.3).
fn redeem(service: &mut Service, form: &Form, now: Timestamp) -> Result<Token, &'static str> {
    let given = form.get("code");
    let Some(code) = service.codes.get_mut(given) else {
        return Err("The code is not known.");
    };
    if code.used {
        // Two who know one code: what the first one got must end (§4.1.2).
        service.revoke_where(|token| token.code.as_deref() == Some(given));
        return Err("The code was used before.");
    }
    // Also a code that is refused below is used up.
    code.used = true;
    let code = code.clone();
    if now >= code.ends {
        return Err("The code has expired.");
    }
    if form.get("redirect_uri") != service.client.redirect_uri {
        return Err("The redirect_uri is not the one that the code was issued for.");
    }
    if let Some(challenge) = &code.challenge
        && s256(form.get("code_verifier")) != *challenge
    {
        return Err("The code_verifier does not match the code_challenge.");
    }
    Ok(service.issue(&code.login, Some(given.to_owned()), now))
}

/// A successful answer (RFC 6749 §5.1).
fn body_of(token: &Token, now: Timestamp) -> Value {
    let mut body = json!({ "access_token": token.access, "token_type": "bearer", "scope": "repo" });
    if let Some(expires) = token.expires {
        body["expires_in"] = (expires.ms_since(now) / 1000).into();
    }
    if let Some(refresh) = &token.refresh {
        body["refresh_token"] = refresh.clone().into();
    }
    body
}
