use axum::{
    http::{HeaderMap, StatusCode},
    response::Response,
};

use super::sessions::Session;
use crate::answer;

/// The header that shows that a request comes from the deployment's own page.
pub(crate) const HEADER: &str = "x-csrf-token";

/// Whether the request carries the session's present token.
pub(super) fn is_current(headers: &HeaderMap, session: &Session) -> bool {
    headers
        .get(HEADER)
        .is_some_and(|value| value.as_bytes() == session.csrf_token.as_bytes())
}

/// The answer to one that does not: plain text, as the only one of the API.
pub(super) fn refusal() -> Response {
    answer::text(
        StatusCode::BAD_REQUEST,
        "Something is wrong with your CSRF token: it is missing, or not the present one. \
         The page at / carries a fresh one.",
    )
}
