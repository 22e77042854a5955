//! The token endpoint (RFC 6749 §3.2).

use axum::{
    http::{HeaderMap, StatusCode},
    response::Response,
};
use external_auth_core::Timestamp;
use serde_json::{Value, json};

use super::{
    DeviceErrors, Refresh, Service, ServiceHandle, Token, client_auth, extract::Now,
    oauth_error::oauth_error, refresh,
};
use crate::{
    answer,
    form::{Form, Query},
    pkce::s256,
};

const DEVICE_GRANT_TYPE: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// `POST /{service}/token`.
pub(super) async fn exchange(
    service: ServiceHandle,
    Now(now): Now,
    Query(query): Query,
    headers: HeaderMap,
    form: Form,
) -> Response {
    // Coder sends the parameters of a poll in the query.
    let form = form.or_if_without("grant_type", query);
    service.lock().count("token");
    if is_refresh_without_answer(&service.lock(), &form) {
        return std::future::pending().await;
    }
    let service = &mut *service.lock();
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

/// Whether this is a refresh, at a provider that never answers one.
fn is_refresh_without_answer(service: &Service, form: &Form) -> bool {
    service.behaviour.refresh == Refresh::Timeout && form.get("grant_type") == "refresh_token"
}

/// Exchanges a device code (RFC 8628 §3.4). The client does not authenticate
/// itself.
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

/// Exchanges an authorization code (RFC 6749 §4.1.3).
///
/// # Errors
///
/// The description of the error.
fn redeem(service: &mut Service, form: &Form, now: Timestamp) -> Result<Token, &'static str> {
    let given = form.get("code");
    let Some(code) = service.codes.get_mut(given) else {
        return Err("The code is not known.");
    };
    if code.used {
        // The code was stolen, so the tokens issued for it are revoked (§4.1.2).
        service.revoke_where(|token| token.code.as_deref() == Some(given));
        return Err("The code was used before.");
    }
    // A code that is refused below is used, too.
    code.used = true;
    let code = code.clone();
    if now >= code.expires_at {
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

/// The body of a successful answer (RFC 6749 §5.1).
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
