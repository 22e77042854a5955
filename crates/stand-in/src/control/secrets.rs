use std::sync::Arc;

use axum::{extract::State, http::StatusCode, response::Response};
use serde_json::json;

use crate::{answer, simulation::Simulation};

/// `GET /_stand-in/secrets`.
pub(super) async fn show(State(simulation): State<Arc<Simulation>>) -> Response {
    let device_codes: Vec<_> = {
        let services = simulation.providers.services();
        let codes = services.iter().flat_map(|service| {
            let service = service.lock();
            let codes = service.device_codes.iter();
            codes.map(|code| code.secret.clone()).collect::<Vec<_>>()
        });
        codes.collect()
    };
    let deployment = simulation.coder.deployment();
    let (session_tokens, csrf_tokens) = deployment.sessions.issued();
    answer::json(
        StatusCode::OK,
        &json!({
            "session_tokens": session_tokens,
            "csrf_tokens": csrf_tokens,
            "device_codes": device_codes,
        }),
    )
}
