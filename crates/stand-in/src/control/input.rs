use axum::{http::StatusCode, response::Response};
use serde::de::DeserializeOwned;
use serde_json::json;

use crate::answer;

/// Reads a body; an empty one is an empty object.
pub(super) fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Response> {
    let body = if body.is_empty() { b"{}" } else { body };
    serde_json::from_slice(body).map_err(|error| refused(&error.to_string()))
}

/// The answer to something that cannot be done.
pub(super) fn refused(detail: &str) -> Response {
    answer::message(
        StatusCode::BAD_REQUEST,
        "The control route cannot do this.",
        detail,
    )
}

/// The answer to something that was done and has no other result.
pub(super) fn done() -> Response {
    answer::json(StatusCode::OK, &json!({}))
}

/// Whether a provider id can be part of a path.
pub(super) fn is_id(id: &str) -> bool {
    !id.is_empty()
        && id
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
}
