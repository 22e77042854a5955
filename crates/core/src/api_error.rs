use std::fmt;
use std::time::Duration;

use crate::redact::redact;
use crate::wire::{ApiMessage, decode};

/// Why a request to the API did not bring what it was made for.
///
/// [`kind`](Self::kind) is what a sentence for a person is chosen by; the rest,
/// and [`Display`](fmt::Display), is for an operator, and redacted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiError {
    /// What kind of trouble it is.
    pub kind: ApiErrorKind,
    /// The request, as `GET /api/v2/external-auth`.
    pub request: String,
    /// The status of the answer, if one came.
    pub status: Option<u16>,
    /// The server's own sentence, if it gave one.
    pub message: String,
    /// What else is known.
    pub detail: String,
}

/// The kinds of trouble that a person is told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ApiErrorKind {
    /// No answer: no network, a name that is not found, a refused connection.
    Unreachable,
    /// No answer in time.
    TimedOut,
    /// The request was given up by this page.
    Aborted,
    /// `401`: the session is gone.
    Unauthorized,
    /// `403`: this user may not.
    Forbidden,
    /// `404`: the server does not know the thing that was named.
    NotFound,
    /// `400` in plain text about the CSRF token, which was missing or stale.
    CsrfRefused,
    /// `429`, with the time to wait if the server named one.
    RateLimited(Option<Duration>),
    /// Another `4xx`.
    Rejected,
    /// `5xx`.
    ServerFailed,
    /// An answer that is not of this API: HTML, a cut-off body.
    Unreadable,
    /// A redirect, which no route of this API answers with, or a web page where
    /// this page got JSON before: a proxy in front of the deployment wants the
    /// person to sign in. After a redirect the status is unknown and the
    /// deployment was not asked.
    SignedOutAtProxy,
}

impl ApiErrorKind {
    /// Whether the person has to sign in first. That is said once, for the
    /// whole page.
    #[must_use]
    pub fn is_sign_out(self) -> bool {
        matches!(self, Self::Unauthorized | Self::SignedOutAtProxy)
    }
}

/// An answer that is not a success, as far as the browser read it.
#[derive(Debug, Clone, Copy)]
pub struct FailedResponse<'a> {
    /// The status.
    pub status: u16,
    /// `Content-Type`, or empty.
    pub content_type: &'a str,
    /// `Retry-After`, if there is one.
    pub retry_after: Option<&'a str>,
    /// The body, as far as it came.
    pub body: &'a str,
}

impl ApiError {
    /// Trouble without an answer, or with one that could not be read.
    #[must_use]
    pub fn new(kind: ApiErrorKind, request: &str, detail: &str) -> Self {
        Self {
            kind,
            request: request.to_owned(),
            status: None,
            message: String::new(),
            detail: redact(detail),
        }
    }

    /// A success whose body is not what the route answers with.
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

    /// A redirect. It is not followed: it would carry the session and what was
    /// sent to wherever it points.
    #[must_use]
    pub fn redirected(request: &str) -> Self {
        let detail = "the redirect was not followed";
        Self::new(ApiErrorKind::SignedOutAtProxy, request, detail)
    }

    /// Whether a success has a body of this type although JSON is due.
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
                    detail = format!("{detail} {}: {}.", validation.field, validation.detail);
                }
                (redact(&read.message), redact(&detail))
            }
            Err(_) if body.trim().is_empty() => (String::new(), "an empty answer".to_owned()),
            Err(_) => (
                String::new(),
                redact(&format!("{}: {body}", described(content_type))),
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

    /// Whether the same request may well succeed later without anyone doing
    /// anything: then nothing is known, and nothing is called broken.
    #[must_use]
    pub fn is_passing(&self) -> bool {
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

/// The seconds of `Retry-After` (RFC 9110 §10.2.3). Its other form, a date, is
/// used by no server of this API; it counts as unknown.
fn retry_after_seconds(value: &str) -> Option<Duration> {
    value.trim().parse().ok().map(Duration::from_secs)
}

/// Whether an answer is the plain text by which a deployment refuses a missing
/// or stale CSRF token; the same words in JSON are about something else.
#[must_use]
pub fn is_about_csrf(status: u16, body: &str) -> bool {
    let beginning: String = body.chars().take(200).collect();
    status == 400
        && !beginning.trim_start().starts_with('{')
        && beginning.to_ascii_lowercase().contains("csrf")
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
    fn each_status_has_its_kind() {
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
    fn a_redirect_is_no_failure_that_passes_by_itself() {
        let error = ApiError::redirected("DELETE /x");
        assert!(error.kind.is_sign_out() && !error.is_passing());
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
        fn any_answer_becomes_an_error_in_bounds(status in 0..1000_u16, content_type in "\\PC{0,30}", body in "\\PC*") {
            let error = error(status, &content_type, &body);
            prop_assert!(error.to_string().chars().count() < 1300);
        }
    }
}
