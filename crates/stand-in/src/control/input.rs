use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::de::DeserializeOwned;
use serde_json::json;

use crate::answer;

/// The JSON body of a control route. An empty body is an empty object.
///
/// # Errors
///
/// `400` with the reason in `detail`, also for an unknown field.
pub(super) struct Input<T>(pub(super) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Input<T> {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let body = Bytes::from_request(request, state)
            .await
            .map_err(IntoResponse::into_response)?;
        let body = if body.is_empty() { b"{}" } else { &*body };
        match serde_json::from_slice(body) {
            Ok(value) => Ok(Self(value)),
            Err(error) => Err(refused(&error.to_string())),
        }
    }
}

/// The answer to a request that cannot be done.
pub(super) fn refused(detail: &str) -> Response {
    answer::message(
        StatusCode::BAD_REQUEST,
        "The control route cannot do this.",
        detail,
    )
}

/// The answer to a request that was done and has no result.
pub(super) fn done() -> Response {
    answer::json(StatusCode::OK, &json!({}))
}

/// Checks that a provider id can be part of a path.
///
/// # Errors
///
/// `400` for any other character.
pub(super) fn require_id(id: &str) -> Result<(), Response> {
    let is_id = !id.is_empty()
        && id
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    if is_id {
        return Ok(());
    }
    Err(refused("an id has letters, digits, and - _ . only"))
}
