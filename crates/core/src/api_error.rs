use std::fmt::{self, Write as _};
use std::time::Duration;

use crate::ServerWords;
use crate::find_text::contains_text;
use crate::wire::{ApiMessage, decode};

/// Why a request to the API failed.
///
/// [`kind`](Self::kind) selects the sentence for a person. The other fields and
/// [`Display`](fmt::Display) are for an operator, and redacted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiError {
    /// The kind of failure.
    pub kind: ApiErrorKind,
    /// The request, as `GET /api/v2/external-auth`.
    pub request: String,
    /// The status of the answer, if one came.
    pub status: Option<u16>,
    /// The server's message; empty if there is none.
    pub message: ServerWords,
    /// Further details; may be empty.
    pub detail: ServerWords,
}

/// The kinds of failure that have different sentences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ApiErrorKind {
    /// No answer: no network, a name that is not found, a refused connection.
    Unreachable,
    /// No answer in time.
    TimedOut,
    /// This page aborted the request.
    Aborted,
    /// `401`: the session has ended.
    Unauthorized,
    /// `403`: the user is not allowed to do this.
    Forbidden,
    /// `404`: the server does not know the provider or the route.
    NotFound,
    /// `400` in plain text: the CSRF token was missing or stale.
    CsrfRefused,
    /// `429`, with the time to wait if the server named one.
    RateLimited(Option<Duration>),
    /// Another `4xx`.
    Rejected,
    /// `5xx`.
    ServerFailed,
    /// An answer that does not come from this API, such as HTML or a cut-off
    /// body.
    Unreadable,
    /// A proxy in front of the deployment requires a sign-in. The answer was a
    /// redirect, which no route of this API sends, or a web page after earlier
    /// answers in JSON. After a redirect the status is unknown, and the
    /// deployment did not get the request.
    SignedOutAtProxy,
}

impl ApiErrorKind {
    /// Whether the person has to sign in first. One notice for the whole page
    /// says so.
    #[must_use]
    pub fn is_sign_out(self) -> bool {
        matches!(self, Self::Unauthorized | Self::SignedOutAtProxy)
    }
}

/// An answer whose status is not a success, as the browser read it.
#[derive(Debug, Clone, Copy)]
pub struct FailedResponse<'a> {
    /// The status.
    pub status: u16,
    /// `Content-Type`, or empty.
    pub content_type: &'a str,
    /// `Retry-After`, if there is one.
    pub retry_after: Option<&'a str>,
    /// The part of the body that arrived.
    pub body: &'a str,
}

impl ApiError {
    /// A failure without an answer, or with one that could not be read.
    #[must_use]
    pub fn new(kind: ApiErrorKind, request: &str, detail: &str) -> Self {
        Self {
            kind,
            request: request.to_owned(),
            status: None,
            message: ServerWords::default(),
            detail: ServerWords::new(detail),
        }
    }

    /// A success with an unexpected body.
    #[must_use]
    pub fn unreadable(request: &str, status: u16, content_type: &str, detail: &str) -> Self {
        let detail = format!(
            "{} instead of the expected answer: {detail}",
            described(content_type)
        );
        Self {
            status: Some(status),
            ..Self::new(ApiErrorKind::Unreadable, request, &detail)
        }
    }

    /// A redirect. It is not followed, because that would send the session
    /// token and the body to its target.
    #[must_use]
    pub fn redirected(request: &str) -> Self {
        let detail = "the redirect was not followed";
        Self::new(ApiErrorKind::SignedOutAtProxy, request, detail)
    }

    /// Whether a content type is that of a web page.
    #[must_use]
    pub fn is_web_page(content_type: &str) -> bool {
        media_type(content_type) == "text/html"
    }

    /// An answer whose status is not a success.
    #[must_use]
    pub fn from_response(request: &str, response: FailedResponse<'_>) -> Self {
        let FailedResponse {
            status,
            content_type,
            retry_after,
            body,
        } = response;
        let body_read = decode::<ApiMessage>(body);
        let kind = match status {
            401 => ApiErrorKind::Unauthorized,
            403 => ApiErrorKind::Forbidden,
            404 => ApiErrorKind::NotFound,
            429 => ApiErrorKind::RateLimited(retry_after.and_then(retry_after_seconds)),
            400 if is_about_csrf(status, body) => ApiErrorKind::CsrfRefused,
            400..=499 => ApiErrorKind::Rejected,
            500.. => ApiErrorKind::ServerFailed,
            _ => ApiErrorKind::Unreadable,
        };
        let (message, detail) = match body_read {
            Ok(read) => {
                let mut detail = read.detail;
                for validation in &read.validations {
                    // Writing to a text never fails.
                    let _ = write!(detail, " {}: {}.", validation.field, validation.detail);
                }
                (ServerWords::new(&read.message), ServerWords::new(&detail))
            }
            Err(_) if body.trim().is_empty() => {
                (ServerWords::default(), ServerWords::new("an empty answer"))
            }
            Err(_) => (
                ServerWords::default(),
                ServerWords::new(&format!("{}: {body}", described(content_type))),
            ),
        };
        Self {
            kind,
            request: request.to_owned(),
            status: Some(status),
            message,
            detail,
        }
    }

    /// Whether the request may succeed later without anyone doing anything.
    /// Such a failure says nothing about the link.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        matches!(
            self.kind,
            ApiErrorKind::Unreachable
                | ApiErrorKind::TimedOut
                | ApiErrorKind::Aborted
                | ApiErrorKind::RateLimited(_)
                | ApiErrorKind::ServerFailed
                | ApiErrorKind::Unreadable
        )
    }
}

/// One line for an operator.
impl fmt::Display for ApiError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.request)?;
        match self.status {
            Some(status) => write!(formatter, " answered {status}")?,
            None if self.kind == ApiErrorKind::SignedOutAtProxy => {
                formatter.write_str(" was redirected")?;
            }
            None => formatter.write_str(" had no answer")?,
        }
        for part in [&self.message, &self.detail] {
            if !part.is_empty() {
                write!(formatter, ": {part}")?;
            }
        }
        Ok(())
    }
}

impl std::error::Error for ApiError {}

/// The seconds of `Retry-After` (RFC 9110 §10.2.3). No server of this API sends
/// its other form, a date; it counts as missing.
fn retry_after_seconds(value: &str) -> Option<Duration> {
    value.trim().parse().ok().map(Duration::from_secs)
}

/// Whether an answer is the plain text with which a deployment refuses a
/// missing or stale CSRF token. In JSON the word has another meaning.
#[must_use]
pub fn is_about_csrf(status: u16, body: &str) -> bool {
    let beginning: String = body.chars().take(200).collect();
    status == 400
        && !beginning.trim_start().starts_with('{')
        && contains_text(&beginning.to_ascii_lowercase(), "csrf")
}

fn media_type(content_type: &str) -> &str {
    content_type.split(';').next().unwrap_or_default().trim()
}

fn described(content_type: &str) -> &str {
    match media_type(content_type) {
        "" => "an answer without a type",
        "text/html" => "a web page",
        "text/plain" => "plain text",
        "application/json" => "JSON of another shape",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn error(status: u16, content_type: &str, body: &str) -> ApiError {
        ApiError::from_response(
            "GET /api/v2/external-auth",
            FailedResponse {
                status,
                content_type,
                retry_after: Some("7"),
                body,
            },
        )
    }

    #[test]
    fn json_errors_keep_the_servers_words() {
        let error = error(
            500,
            "application/json",
            r#"{"message":"Failed to validate token.","detail":"Get \"https://api.git.example/user?access_token=x\": EOF","validations":[{"field":"id","detail":"odd"}]}"#,
        );
        assert_eq!(error.kind, ApiErrorKind::ServerFailed);
        assert_eq!(error.message, "Failed to validate token.");
        assert_eq!(
            error.to_string(),
            "GET /api/v2/external-auth answered 500: Failed to validate token.: Get \"https://api.git.example/user?…\": EOF id: odd."
        );
    }

    #[test]
    fn each_status_has_a_kind() {
        let wait = Some(Duration::from_secs(7));
        for (status, kind) in [
            (400, ApiErrorKind::Rejected),
            (401, ApiErrorKind::Unauthorized),
            (403, ApiErrorKind::Forbidden),
            (404, ApiErrorKind::NotFound),
            (429, ApiErrorKind::RateLimited(wait)),
            (418, ApiErrorKind::Rejected),
            (500, ApiErrorKind::ServerFailed),
            (502, ApiErrorKind::ServerFailed),
            (302, ApiErrorKind::Unreadable),
        ] {
            assert_eq!(
                error(status, "application/json", r#"{"message":"m"}"#).kind,
                kind,
                "{status}"
            );
        }
    }

    #[test]
    fn a_redirect_is_a_sign_out_and_not_transient() {
        let error = ApiError::redirected("DELETE /x");
        assert!(error.kind.is_sign_out() && !error.is_transient());
        assert_eq!(
            error.to_string(),
            "DELETE /x was redirected: the redirect was not followed"
        );
    }

    #[test]
    fn only_the_plain_text_about_csrf_asks_for_a_new_token() {
        assert_eq!(
            error(
                400,
                "text/plain",
                "Something is wrong with your CSRF token. Reload."
            )
            .kind,
            ApiErrorKind::CsrfRefused
        );
        assert_eq!(
            error(
                400,
                "application/json",
                r#"{"message":"csrf is not a provider"}"#
            )
            .kind,
            ApiErrorKind::Rejected
        );
    }

    #[test]
    fn pages_of_proxies_and_empty_bodies_are_described() {
        assert_eq!(
            error(502, "text/html; charset=utf-8", "<html>Bad Gateway</html>").to_string(),
            "GET /api/v2/external-auth answered 502: a web page: <html>Bad Gateway</html>"
        );
        assert_eq!(error(504, "", "").detail, "an empty answer");
    }

    proptest! {
        #[test]
        fn any_answer_becomes_an_error_of_limited_length(status in 0..1000_u16, content_type in "\\PC{0,30}", body in "\\PC*") {
            let error = error(status, &content_type, &body);
            prop_assert!(error.to_string().chars().count() < 1300);
        }
    }
}
