use std::sync::Arc;

use axum::{extract::State, http::StatusCode, response::Response};

use super::input;
use crate::{answer, state::Shared};

/// `GET /_stand-in/requests`.
pub(super) async fn show(State(shared): State<Arc<Shared>>) -> Response {
    answer::json(StatusCode::OK, &shared.log.to_json())
}

/// `DELETE /_stand-in/requests`.
pub(super) async fn clear(State(shared): State<Arc<Shared>>) -> Response {
    shared.log.clear();
    input::done()
}
