//! The cookie by which a browser shows whose it is, and how it gets one.

use axum::http::HeaderMap;

use super::sessions::Session;
use crate::{cookies, state::Shared};

/// The cookie that holds the session's token.
pub(crate) const COOKIE: &str = "coder_session_token";
/// The header that holds it where there is no cookie.
pub(crate) const HEADER: &str = "coder-session-token";
/// Says that someone signed out on purpose, and is not to be signed in by the
/// next visit. A Coder has no such cookie, nor does it sign anyone in so.
const SIGNED_OUT_COOKIE: &str = "stand_in_signed_out";
/// Whom a first visit signs in.
pub(crate) const FIRST_USER: &str = "ada";

/// The session of a visit to a page of the deployment.
pub(crate) fn of_page(shared: &Shared, headers: &HeaderMap) -> Option<Session> {
    let token = cookies::get(headers, COOKIE)?;
    shared.deployment().sessions.find(token).cloned()
}

/// Someone opens a page of the deployment: the session, if any, and the cookie
/// to set for one that is new.
pub(crate) fn visit(shared: &Shared, headers: &HeaderMap) -> (Option<Session>, Option<String>) {
    let welcome = welcome(shared, headers);
    let token = welcome
        .as_deref()
        .and_then(token_of_cookie)
        .or_else(|| cookies::get(headers, COOKIE));
    let session = token.and_then(|token| shared.deployment().sessions.find(token).cloned());
    (session, welcome)
}

/// The value in a `Set-Cookie` of this program's own.
fn token_of_cookie(cookie: &str) -> Option<&str> {
    cookie
        .split(';')
        .next()?
        .split_once('=')
        .map(|(_, value)| value)
}

/// Signs a first visit in, so that the address that the program prints works:
/// the cookie to set, if any.
///
/// Left alone are a session that has ended, whoever signed out on purpose, and
/// requests by scripts, which are no visits.
pub(crate) fn welcome(shared: &Shared, headers: &HeaderMap) -> Option<String> {
    let is_script = headers
        .get("sec-fetch-dest")
        .is_some_and(|purpose| purpose == "empty");
    if is_script || cookies::get(headers, SIGNED_OUT_COOKIE).is_some() {
        return None;
    }
    let mut deployment = shared.deployment();
    let has_cookie = cookies::get(headers, COOKIE)
        .is_some_and(|token| !deployment.sessions.is_of_earlier_run(token));
    if has_cookie {
        return None;
    }
    let token = deployment.sessions.open(FIRST_USER);
    Some(cookies::set(COOKIE, &token))
}

/// The cookies of someone who has just signed in.
pub(crate) fn cookies_of_sign_in(token: &str) -> [String; 2] {
    [
        cookies::set(COOKIE, token),
        cookies::clear(SIGNED_OUT_COOKIE),
    ]
}

/// The cookies of someone who has just signed out.
pub(crate) fn cookies_of_sign_out() -> [String; 2] {
    [cookies::clear(COOKIE), cookies::set(SIGNED_OUT_COOKIE, "1")]
}
