//! The forms of answers that the deployment and the providers give.

use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;

use crate::wire::ApiMessage;

/// A value as JSON.
pub(crate) fn json<T: Serialize>(status: StatusCode, value: &T) -> Response {
    match serde_json::to_vec(value) {
        Ok(body) => typed(status, "application/json; charset=utf-8", body),
        Err(error) => text(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()),
    }
}

/// Coder's form of an error, and of a few other answers.
pub(crate) fn message(status: StatusCode, message: &str, detail: &str) -> Response {
    json(
        status,
        &ApiMessage {
            message: message.to_owned(),
            detail: detail.to_owned(),
        },
    )
}

/// A page.
pub(crate) fn html(status: StatusCode, page: String) -> Response {
    let mut response = typed(status, "text/html; charset=utf-8", page);
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

/// Plain text.
pub(crate) fn text(status: StatusCode, text: impl Into<Body>) -> Response {
    typed(status, "text/plain; charset=utf-8", text)
}

/// A body with its type.
pub(crate) fn typed(
    status: StatusCode,
    content_type: &'static str,
    body: impl Into<Body>,
) -> Response {
    (status, [(header::CONTENT_TYPE, content_type)], body.into()).into_response()
}

/// An error of a provider, or of a proxy before it: JSON or a page, by its
/// first character.
pub(crate) fn error(status: u16, body: &str) -> Response {
    let content_type = if body.trim_start().starts_with('{') {
        "application/json"
    } else {
        "text/html; charset=utf-8"
    };
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
    typed(status, content_type, body.to_owned())
}

/// Redirects the browser. A location that no header can hold gives a `500`.
pub(crate) fn redirect(status: StatusCode, location: &str) -> Response {
    (status, [(header::LOCATION, location)]).into_response()
}

/// Adds cookies to an answer.
pub(crate) fn with_cookies<C: AsRef<str>>(
    mut response: Response,
    cookies: impl IntoIterator<Item = C>,
) -> Response {
    for cookie in cookies {
        if let Ok(value) = HeaderValue::from_str(cookie.as_ref()) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
    }
    response
}
