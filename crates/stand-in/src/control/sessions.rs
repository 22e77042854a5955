use std::sync::Arc;

use axum::{extract::State, http::StatusCode, response::Response};
use serde::Deserialize;
use serde_json::json;

use super::input::{self, Input};
use crate::{answer, coder::FIRST_USER, simulation::Simulation};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Open {
    user: Option<String>,
}

/// `POST /_stand-in/sessions`.
pub(super) async fn open(
    State(simulation): State<Arc<Simulation>>,
    Input(open): Input<Open>,
) -> Result<Response, Response> {
    let user = open.user.as_deref().unwrap_or(FIRST_USER);
    let mut deployment = simulation.coder.deployment();
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
pub(super) async fn end_all(State(simulation): State<Arc<Simulation>>) -> Response {
    let ended = simulation.coder.deployment().sessions.end_all();
    answer::json(StatusCode::OK, &json!({ "ended": ended }))
}

/// `POST /_stand-in/csrf/rotate`.
pub(super) async fn rotate_csrf(State(simulation): State<Arc<Simulation>>) -> Response {
    simulation.coder.deployment().sessions.rotate_csrf();
    input::done()
}
