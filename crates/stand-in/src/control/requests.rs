use std::sync::Arc;

use axum::{extract::State, http::StatusCode, response::Response};

use super::input;
use crate::{answer, simulation::Simulation};

/// `GET /_stand-in/requests`.
pub(super) async fn show(State(simulation): State<Arc<Simulation>>) -> Response {
    answer::json(StatusCode::OK, &simulation.coder.log.to_json())
}

/// `DELETE /_stand-in/requests`.
pub(super) async fn clear(State(simulation): State<Arc<Simulation>>) -> Response {
    simulation.coder.log.clear();
    input::done()
}
