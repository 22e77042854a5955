use std::sync::Arc;

use axum::{extract::State, http::StatusCode, response::Response};
use serde::Deserialize;
use serde_json::json;

use super::input::{self, Input};
use crate::{answer, fault::Fault, simulation::Simulation};

/// `GET /_stand-in/faults`.
pub(super) async fn show(State(simulation): State<Arc<Simulation>>) -> Response {
    answer::json(StatusCode::OK, &simulation.environment.faults.list())
}

/// `POST /_stand-in/faults`.
pub(super) async fn arm(
    State(simulation): State<Arc<Simulation>>,
    Input(fault): Input<Fault>,
) -> Result<Response, Response> {
    let faults = &simulation.environment.faults;
    faults
        .arm(fault)
        .map_err(|reason| input::refused(&reason))?;
    Ok(input::done())
}

/// `DELETE /_stand-in/faults`.
pub(super) async fn clear(State(simulation): State<Arc<Simulation>>) -> Response {
    simulation.environment.faults.clear();
    input::done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Release {
    hold: String,
}

/// `POST /_stand-in/release`.
pub(super) async fn release(
    State(simulation): State<Arc<Simulation>>,
    Input(release): Input<Release>,
) -> Result<Response, Response> {
    let released = simulation.environment.faults.release(&release.hold);
    let released = released.ok_or_else(|| input::refused("no fault holds under this name"))?;
    Ok(answer::json(
        StatusCode::OK,
        &json!({ "released": released }),
    ))
}
