use std::sync::Arc;

use axum::{extract::State, response::Response};
use serde::Deserialize;

use super::input::{self, Input};
use crate::simulation::Simulation;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Accept {
    accept: bool,
}

/// `POST /_stand-in/connections`.
pub(super) async fn accept(
    State(simulation): State<Arc<Simulation>>,
    Input(input): Input<Accept>,
) -> Response {
    simulation.environment.connections.accept(input.accept);
    input::done()
}
