use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderMap, Method, StatusCode},
    middleware::Next,
    response::Response,
};

use super::{csrf, session};
use crate::{answer, cookies, state::Shared};

/// Who asks, known to the handlers behind [`guard`].
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    pub(crate) user: String,
    pub(crate) token: String,
}

/// Lets only those through who have a session, and a CSRF token where one is
/// needed, and who do not ask too often.
pub(crate) async fn guard(
    State(shared): State<Arc<Shared>>,
    mut request: Request,
    next: Next,
) -> Response {
    let caller = match identify(&shared, request.headers(), request.method()) {
        Ok(caller) => caller,
        Err(refusal) => return refusal,
    };
    let now = shared.clock.now();
    let refusal = shared
        .deployment()
        .rate_limit
        .count(&caller.user, request.uri().path(), now);
    if let Some(refusal) = refusal {
        return refusal;
    }
    request.extensions_mut().insert(caller);
    next.run(request).await
}

/// Who asks, or the answer that turns them away.
fn identify(shared: &Shared, headers: &HeaderMap, method: &Method) -> Result<Caller, Response> {
    let cookie = cookies::get(headers, session::COOKIE);
    let header = headers
        .get(session::HEADER)
        .and_then(|value| value.to_str().ok());
    let is_unsafe = !method.is_safe();
    if let (Some(cookie), Some(header)) = (cookie, header)
        && cookie != header
        && is_unsafe
    {
        return Err(answer::text(
            StatusCode::BAD_REQUEST,
            "The session cookie and the Coder-Session-Token header say different things. Send one of them.",
        ));
    }
    // The cookie wins, also where the header is of someone else.
    let token = cookie.or(header).unwrap_or_default();
    let Some(session) = shared.deployment().sessions.find(token).cloned() else {
        return Err(signed_out(token));
    };
    if is_unsafe && cookie.is_some() && !csrf::is_current(headers, &session) {
        return Err(csrf::refusal());
    }
    Ok(Caller {
        user: session.user,
        token: token.to_owned(),
    })
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
