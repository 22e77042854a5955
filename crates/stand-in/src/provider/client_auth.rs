use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use base64::{Engine, engine::general_purpose::STANDARD};

use super::{Client, oauth_error::oauth_error};
use crate::form::Form;

/// Authenticates the client, by HTTP Basic or by the form (RFC 6749 §2.3.1).
///
/// # Errors
///
/// `401` with `invalid_client`.
pub(super) fn check(client: &Client, headers: &HeaderMap, form: &Form) -> Result<(), Response> {
    let (id, secret) = basic(headers).unwrap_or_else(|| {
        (
            form.get("client_id").to_owned(),
            form.get("client_secret").to_owned(),
        )
    });
    if id == client.id && secret == client.secret {
        return Ok(());
    }
    Err(oauth_error(
        StatusCode::UNAUTHORIZED,
        "invalid_client",
        "The client is not known, or its secret is wrong.",
    ))
}

/// The name and the password of HTTP Basic (RFC 7617).
fn basic(headers: &HeaderMap) -> Option<(String, String)> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let decoded = STANDARD.decode(value.strip_prefix("Basic ")?).ok()?;
    let text = String::from_utf8(decoded).ok()?;
    let (id, secret) = text.split_once(':')?;
    Some((id.to_owned(), secret.to_owned()))
}

/// The access token of the request (RFC 6750 §2.1).
pub(super) fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers
        .get(header::AUTHORIZATION)?
        .to_str()
        .ok()?
        .strip_prefix("Bearer ")
}
