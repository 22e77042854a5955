use std::sync::Arc;

use axum::{
    body::Bytes,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::Value;

use crate::simulation::Simulation;

/// The most reports that are kept: a page may violate its policy in a loop.
const LIMIT: usize = 100;

/// `POST /_stand-in/csp-report`, sent by browsers (CSP level 3 §5.3).
pub(super) async fn receive(State(simulation): State<Arc<Simulation>>, body: Bytes) -> Response {
    let report = serde_json::from_slice(&body)
        .unwrap_or_else(|_| Value::from(String::from_utf8_lossy(&body).into_owned()));
    let mut deployment = simulation.coder.deployment();
    if deployment.csp_violations.len() < LIMIT {
        deployment.csp_violations.push(report);
    }
    StatusCode::NO_CONTENT.into_response()
}
