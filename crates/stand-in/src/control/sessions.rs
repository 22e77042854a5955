use std::sync::Arc;

use axum::{body::Bytes, extract::State, http::StatusCode, response::Response};
use serde::Deserialize;
use serde_json::json;

use super::input;
use crate::{answer, coder::FIRST_USER, state::Shared};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Open {
    user: Option<String>,
}

/// `POST /_stand-in/sessions`.
pub(super) async fn open(
    State(shared): State<Arc<Shared>>,
    body: Bytes,
) -> Result<Response, Response> {
    let open: Open = input::read(&body)?;
    let user = open.user.as_deref().unwrap_or(FIRST_USER);
    let mut deployment = shared.deployment();
    if deployment.user(user).is_none() {
        return Err(input::refused("there is no user of this name"));
    }
    let token = deployment.sessions.open(user);
    Ok(answer::json(
        StatusCode::OK,
        &json!({ "user": user, "token": token }),
    ))
}

/// `POST /_stand-in/sessions/end`.
pub(super) async fn end_all(State(shared): State<Arc<Shared>>) -> Response {
    let ended = shared.deployment().sessions.end_all();
    answer::json(StatusCode::OK, &json!({ "ended": ended }))
}

/// `POST /_stand-in/csrf/rotate`.
pub(super) async fn rotate_csrf(State(shared): State<Arc<Shared>>) -> Response {
    shared.deployment().sessions.rotate_csrf();
    input::done()
}
