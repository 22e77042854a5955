use std::sync::Arc;

use axum::{body::Bytes, extract::State, http::StatusCode, response::Response};
use serde::Deserialize;
use serde_json::json;

use super::input;
use crate::{Scenario, answer, state::Shared};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reset {
    scenario: Option<String>,
}

/// `POST /_stand-in/reset`.
pub(super) async fn reset(
    State(shared): State<Arc<Shared>>,
    body: Bytes,
) -> Result<Response, Response> {
    let reset: Reset = input::read(&body)?;
    let scenario = match reset.scenario.as_deref().map(Scenario::named) {
        Some(None) => return Err(input::refused("there is no scenario of this name")),
        Some(found) => found,
        None => None,
    };
    shared.reset(scenario);
    Ok(answer::json(
        StatusCode::OK,
        &json!({ "scenario": shared.scenario().name() }),
    ))
}
