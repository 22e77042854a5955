use axum::{
    http::{HeaderMap, Method, StatusCode},
    response::Response,
};

use super::session;
use crate::{answer, cookies, state::Shared};

/// The header that shows that a request comes from the deployment's own page.
pub(crate) const HEADER: &str = "x-csrf-token";

/// The answer to a request that changes something and does not carry the CSRF
/// token of its session cookie: plain text, as no other answer of the API is.
///
/// Whether the session is open does not matter here. Exempt is a request that
/// no other site could make a browser send: one without the cookie, and one
/// whose header repeats the cookie.
pub(super) fn refusal(shared: &Shared, headers: &HeaderMap, method: &Method) -> Option<Response> {
    let cookie = cookies::get(headers, session::COOKIE)?;
    if method.is_safe() {
        return None;
    }
    match session::header_token(headers) {
        Some(header) if header == cookie => return None,
        Some(_) => {
            return Some(answer::text(
                StatusCode::BAD_REQUEST,
                "The session cookie and the Coder-Session-Token header say different things. \
                 Send one of them.",
            ));
        }
        None => {}
    }
    let mut deployment = shared.deployment();
    let current = deployment.sessions.csrf_token(cookie);
    let is_current = headers
        .get(HEADER)
        .is_some_and(|sent| sent.as_bytes() == current.as_bytes());
    (!is_current).then(|| {
        answer::text(
            StatusCode::BAD_REQUEST,
            "Something is wrong with your CSRF token: it is missing, or not the present one. \
             The page at / carries a fresh one.",
        )
    })
}
