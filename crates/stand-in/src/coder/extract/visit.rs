use std::{convert::Infallible, sync::Arc};

use axum::{extract::FromRequestParts, http::request::Parts};

use super::NewSessionCookie;
use crate::{
    coder::{Coder, session, sessions::Session},
    cookies, random,
};

/// A browser that opens a page of the deployment. A first visit is signed in.
#[derive(Debug)]
pub(crate) struct Visit {
    /// None after the session has ended, and for a script without a cookie.
    pub(crate) session: Option<Session>,
    /// For the page's `<meta>`. Without a session cookie it is valid for none.
    pub(crate) csrf_token: String,
    /// To put on the answer.
    pub(crate) cookie: NewSessionCookie,
}

impl FromRequestParts<Arc<Coder>> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, coder: &Arc<Coder>) -> Result<Self, Infallible> {
        let cookie = session::sign_in_first_visit(coder, &parts.headers);
        let token = cookie
            .0
            .as_deref()
            .and_then(token_of_cookie)
            .or_else(|| cookies::get(&parts.headers, session::COOKIE));
        let sessions = &mut coder.deployment().sessions;
        Ok(Self {
            session: token.and_then(|token| sessions.find(token).cloned()),
            csrf_token: token.map_or_else(
                || random::hex(2),
                |token| sessions.csrf_token(token).to_owned(),
            ),
            cookie,
        })
    }
}

/// The value in a `Set-Cookie` that this program wrote.
fn token_of_cookie(cookie: &str) -> Option<&str> {
    let (pair, _) = cookie.split_once(';')?;
    pair.split_once('=').map(|(_, value)| value)
}
