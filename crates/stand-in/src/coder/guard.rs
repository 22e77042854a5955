use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderMap, StatusCode},
    middleware::Next,
    response::Response,
};

use super::{csrf, session};
use crate::{answer, state::Shared};

/// Who asks, known to the handlers behind [`guard`].
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    pub(crate) user: String,
    pub(crate) token: String,
}

/// Lets only those through who have a CSRF token where one is needed, and then
/// a session, and who do not ask too often.
pub(crate) async fn guard(
    State(shared): State<Arc<Shared>>,
    mut request: Request,
    next: Next,
) -> Response {
    if let Some(refusal) = csrf::refusal(&shared, request.headers(), request.method()) {
        return refusal;
    }
    let caller = match identify(&shared, request.headers()) {
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
fn identify(shared: &Shared, headers: &HeaderMap) -> Result<Caller, Response> {
    let token = session::token_of(headers).unwrap_or_default();
    let Some(session) = shared.deployment().sessions.find(token).cloned() else {
        return Err(signed_out(token));
    };
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
