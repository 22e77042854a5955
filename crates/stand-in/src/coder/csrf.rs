use axum::{
    http::{HeaderMap, Method, StatusCode},
    response::Response,
};

use super::{Coder, session};
use crate::{answer, cookies};

/// The header with the CSRF token, which only pages of the deployment know.
pub(crate) const HEADER: &str = "x-csrf-token";

/// Checks the CSRF token of a request that changes something.
///
/// An open session is not needed. Exempt is a request that no other site can
/// make a browser send: one without the session cookie, and one whose header
/// repeats the cookie.
///
/// # Errors
///
/// `400` in plain text, other than all other answers of the API, when the token
/// of the session cookie is missing or wrong, or when cookie and header differ.
pub(super) fn check(coder: &Coder, headers: &HeaderMap, method: &Method) -> Result<(), Response> {
    let Some(cookie) = cookies::get(headers, session::COOKIE) else {
        return Ok(());
    };
    if method.is_safe() {
        return Ok(());
    }
    match session::header_token(headers) {
        Some(header) if header == cookie => return Ok(()),
        Some(_) => {
            return Err(answer::text(
                StatusCode::BAD_REQUEST,
                "The session cookie and the Coder-Session-Token header say different things. \
                 Send one of them.",
            ));
        }
        None => {}
    }
    let mut deployment = coder.deployment();
    let current = deployment.sessions.csrf_token(cookie);
    let is_current = headers
        .get(HEADER)
        .is_some_and(|sent| sent.as_bytes() == current.as_bytes());
    if is_current {
        return Ok(());
    }
    Err(answer::text(
        StatusCode::BAD_REQUEST,
        "Something is wrong with your CSRF token: it is missing, or not the present one. \
         The page at / carries a fresh one.",
    ))
}
