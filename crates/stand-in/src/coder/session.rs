//! The cookie by which a browser shows whose it is, and how it gets one.

use axum::http::HeaderMap;

use super::sessions::Session;
use crate::{cookies, random, state::Shared};

/// The cookie that holds the session's token.
pub(crate) const COOKIE: &str = "coder_session_token";
/// The header that holds it where there is no cookie.
pub(crate) const HEADER: &str = "coder-session-token";
/// Says that someone signed out on purpose, and is not to be signed in by the
/// next visit. A Coder has no such cookie, nor does it sign anyone in so.
const SIGNED_OUT_COOKIE: &str = "stand_in_signed_out";
/// Whom a first visit signs in.
pub(crate) const FIRST_USER: &str = "ada";

/// The token by which a request says whose it is: the cookie's, also where the
/// header has another.
pub(super) fn token_of(headers: &HeaderMap) -> Option<&str> {
    cookies::get(headers, COOKIE).or_else(|| header_token(headers))
}

/// The token in the header.
pub(super) fn header_token(headers: &HeaderMap) -> Option<&str> {
    headers.get(HEADER)?.to_str().ok()
}

/// The user as whom a request is made, if its session is open.
pub(super) fn user_of(shared: &Shared, headers: &HeaderMap) -> Option<String> {
    let token = token_of(headers)?;
    let deployment = shared.deployment();
    deployment
        .sessions
        .find(token)
        .map(|session| session.user.clone())
}

/// What a page of the deployment knows of who opens it.
#[derive(Debug)]
pub(crate) struct Visit {
    /// None after the session has ended, and for a script without a cookie.
    pub(crate) session: Option<Session>,
    /// For the page's `<meta>`. Without a session cookie it fits nothing.
    pub(crate) csrf_token: String,
    /// The cookie to set for a session that is new.
    pub(crate) welcome: Option<String>,
}

/// Someone opens a page of the deployment.
pub(crate) fn visit(shared: &Shared, headers: &HeaderMap) -> Visit {
    let welcome = welcome(shared, headers);
    let token = welcome
        .as_deref()
        .and_then(token_of_cookie)
        .or_else(|| cookies::get(headers, COOKIE));
    let sessions = &mut shared.deployment().sessions;
    Visit {
        session: token.and_then(|token| sessions.find(token).cloned()),
        csrf_token: token.map_or_else(
            || random::hex(2),
            |token| sessions.csrf_token(token).to_owned(),
        ),
        welcome,
    }
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
