//! The session cookie, and who gets one.

use axum::http::HeaderMap;

use super::{Coder, extract::NewSessionCookie};
use crate::cookies;

/// The cookie with the session's token.
pub(crate) const COOKIE: &str = "coder_session_token";
/// The header with the session's token, for requests without the cookie.
pub(crate) const HEADER: &str = "coder-session-token";
/// Marks a browser whose user signed out, so that the next visit does not sign
/// in again. Coder has no such cookie, and does not sign in first visits.
const SIGNED_OUT_COOKIE: &str = "stand_in_signed_out";
/// The user whom a first visit signs in.
pub(crate) const FIRST_USER: &str = "ada";

/// The session's token of a request. The cookie takes precedence over the
/// header.
pub(super) fn token_of(headers: &HeaderMap) -> Option<&str> {
    cookies::get(headers, COOKIE).or_else(|| header_token(headers))
}

/// The session's token in the header.
pub(super) fn header_token(headers: &HeaderMap) -> Option<&str> {
    headers.get(HEADER)?.to_str().ok()
}

/// The user of a request; none without an open session.
pub(super) fn user_of(coder: &Coder, headers: &HeaderMap) -> Option<String> {
    let token = token_of(headers)?;
    let deployment = coder.deployment();
    deployment
        .sessions
        .find(token)
        .map(|session| session.user.clone())
}

/// Opens a session for a first visit, so that the address that the program
/// prints shows a signed-in page.
///
/// No session is opened after one has ended, after a sign-out, and for a
/// script's request.
pub(super) fn sign_in_first_visit(coder: &Coder, headers: &HeaderMap) -> NewSessionCookie {
    let is_script = headers
        .get("sec-fetch-dest")
        .is_some_and(|purpose| purpose == "empty");
    if is_script || cookies::get(headers, SIGNED_OUT_COOKIE).is_some() {
        return NewSessionCookie(None);
    }
    let mut deployment = coder.deployment();
    let has_cookie = cookies::get(headers, COOKIE)
        .is_some_and(|token| !deployment.sessions.is_of_earlier_run(token));
    if has_cookie {
        return NewSessionCookie(None);
    }
    let token = deployment.sessions.open(FIRST_USER);
    NewSessionCookie(Some(cookies::set(COOKIE, &token)))
}

/// The cookies that a sign-in sets.
pub(super) fn cookies_of_sign_in(token: &str) -> [String; 2] {
    [
        cookies::set(COOKIE, token),
        cookies::clear(SIGNED_OUT_COOKIE),
    ]
}

/// The cookies that a sign-out sets.
pub(super) fn cookies_of_sign_out() -> [String; 2] {
    [cookies::clear(COOKIE), cookies::set(SIGNED_OUT_COOKIE, "1")]
}
