use axum::{http::StatusCode, response::Response};
use external_auth_core::wire::{Read, decode};
use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer};
use serde_json::{Value, json};

use crate::answer;

/// Reads a body; an empty one is an empty object.
pub(super) fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Response> {
    let body = if body.is_empty() { b"{}" } else { body };
    serde_json::from_slice(body).map_err(|error| refused(&error.to_string()))
}

/// Reads a part that is as on the wire of Coder's API.
pub(super) fn wire<'de, D: Deserializer<'de>, T: Read>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    let value = Option::<Value>::deserialize(deserializer)?;
    let part = value.map(|value| decode(&value.to_string()));
    part.transpose().map_err(D::Error::custom)
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
