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
    let scenario = reset
        .scenario
        .map(|text| Scenario::named(&text))
        .transpose()
        .map_err(|sentence| input::refused(&sentence))?;
    shared.reset(scenario);
    Ok(answer::json(
        StatusCode::OK,
        &json!({ "scenario": shared.scenario().to_string() }),
    ))
}
