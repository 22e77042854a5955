use std::sync::Arc;

use axum::{extract::State, http::StatusCode, response::Response};
use serde::Deserialize;
use serde_json::json;

use super::input::{self, Input};
use crate::{answer, scenario::Scenario, simulation::Simulation};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Reset {
    scenario: Option<String>,
}

/// `POST /_stand-in/reset`.
pub(super) async fn reset(
    State(simulation): State<Arc<Simulation>>,
    Input(reset): Input<Reset>,
) -> Result<Response, Response> {
    let scenario = reset
        .scenario
        .map(|text| Scenario::named(&text))
        .transpose()
        .map_err(|sentence| input::refused(&sentence))?;
    simulation.reset(scenario);
    Ok(answer::json(
        StatusCode::OK,
        &json!({ "scenario": simulation.scenario().to_string() }),
    ))
}
