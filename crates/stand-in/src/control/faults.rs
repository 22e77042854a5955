use std::sync::Arc;

use axum::{body::Bytes, extract::State, http::StatusCode, response::Response};
use serde::Deserialize;
use serde_json::json;

use super::input;
use crate::{answer, fault::Fault, state::Shared};

/// `GET /_stand-in/faults`.
pub(super) async fn show(State(shared): State<Arc<Shared>>) -> Response {
    answer::json(StatusCode::OK, &shared.faults.list())
}

/// `POST /_stand-in/faults`.
pub(super) async fn arm(
    State(shared): State<Arc<Shared>>,
    body: Bytes,
) -> Result<Response, Response> {
    let fault: Fault = input::read(&body)?;
    shared
        .faults
        .arm(fault)
        .map_err(|reason| input::refused(&reason))?;
    Ok(input::done())
}

/// `DELETE /_stand-in/faults`.
pub(super) async fn clear(State(shared): State<Arc<Shared>>) -> Response {
    shared.faults.clear();
    input::done()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Release {
    hold: String,
}

/// `POST /_stand-in/release`.
pub(super) async fn release(
    State(shared): State<Arc<Shared>>,
    body: Bytes,
) -> Result<Response, Response> {
    let release: Release = input::read(&body)?;
    let released = shared.faults.release(&release.hold);
    let released = released.ok_or_else(|| input::refused("no fault holds under this name"))?;
    Ok(answer::json(
        StatusCode::OK,
        &json!({ "released": released }),
    ))
}
