use std::sync::Arc;

use axum::{extract::State, http::StatusCode, response::Response};
use serde::Deserialize;
use serde_json::json;

use super::input::{self, Input};
use crate::{answer, simulation::Simulation, wire::Time};

/// A century, so that years keep four digits.
const LIMIT_MS: i64 = 100 * 366 * 86_400_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Advance {
    advance_ms: i64,
}

/// `POST /_stand-in/clock`.
pub(super) async fn advance(
    State(simulation): State<Arc<Simulation>>,
    Input(advance): Input<Advance>,
) -> Result<Response, Response> {
    if !(0..=LIMIT_MS).contains(&advance.advance_ms) {
        return Err(input::refused("advance_ms must be between 0 and a century"));
    }
    simulation.environment.clock.advance(advance.advance_ms);
    Ok(answer::json(
        StatusCode::OK,
        &json!({ "now": Time(simulation.environment.clock.now()) }),
    ))
}
