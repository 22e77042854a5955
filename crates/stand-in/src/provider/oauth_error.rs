use axum::{http::StatusCode, response::Response};

use crate::answer;

/// An error of the token and revocation endpoints (RFC 6749 §5.2).
pub(super) fn oauth_error(status: StatusCode, error: &str, description: &str) -> Response {
    let body = serde_json::json!({ "error": error, "error_description": description });
    answer::json(status, &body)
}
