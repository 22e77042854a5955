use std::sync::Arc;

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, StatusCode, request::Parts},
    response::Response,
};

use crate::{
    answer,
    coder::{Coder, csrf, session},
};

/// The signed-in user of an API request.
///
/// # Errors
///
/// In this order: `400` without the CSRF token where it is needed, `401`
/// without an open session, `429` above the rate limit.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    /// The user's name.
    pub(crate) user: String,
    /// The session's token.
    pub(crate) token: String,
}

impl FromRequestParts<Arc<Coder>> for Caller {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, coder: &Arc<Coder>) -> Result<Self, Response> {
        csrf::check(coder, &parts.headers, &parts.method)?;
        let caller = authenticate(coder, &parts.headers)?;
        let now = coder.clock().now();
        let limit = &mut coder.deployment().rate_limit;
        limit.count(&caller.user, parts.uri.path(), now)?;
        Ok(caller)
    }
}

fn authenticate(coder: &Coder, headers: &HeaderMap) -> Result<Caller, Response> {
    let token = session::token_of(headers).unwrap_or_default();
    match coder.deployment().sessions.find(token) {
        Some(session) => Ok(Caller {
            user: session.user.clone(),
            token: token.to_owned(),
        }),
        None => Err(signed_out(token)),
    }
}

fn signed_out(token: &str) -> Response {
    let detail = if token.is_empty() {
        "The request carries neither the session cookie nor the session header."
    } else {
        "The session has ended."
    };
    answer::message(
        StatusCode::UNAUTHORIZED,
        "You are signed out. Sign in to go on.",
        detail,
    )
}
