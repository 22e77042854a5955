use crate::classify_validate_error::classify_validation;
use crate::{ApiError, ApiErrorKind, LinkFailure};

/// Why it is not known at the moment whether a link works. The link itself may
/// be fine, so a transient failure never asks to re-authenticate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TransientFailure {
    /// The provider's rate limit.
    RateLimited,
    /// The provider answered `5xx`.
    Unavailable,
    /// The provider answered `403`, which can be a rate limit, a firewall, or
    /// a refusal of the token.
    Forbidden,
    /// The provider did not answer the deployment in time, or the deployment
    /// did not answer this browser in time.
    TimedOut,
    /// The deployment could not reach the provider.
    Unreachable,
    /// This browser could not reach the deployment.
    NoConnection,
    /// The deployment's own rate limit.
    DeploymentLimited,
    /// The deployment, or a proxy in front of it, failed.
    DeploymentFailed,
    /// The deployment's answer could not be read.
    Unreadable,
    /// The deployment gave a reason that this program does not know. It may be
    /// transient or permanent, so the page says that it is unknown.
    UnknownReason,
}

/// The reason for a failed live check whose error
/// [`is_transient`](ApiError::is_transient).
impl From<&ApiError> for TransientFailure {
    fn from(error: &ApiError) -> Self {
        match error.kind {
            ApiErrorKind::RateLimited(_) => Self::DeploymentLimited,
            ApiErrorKind::TimedOut => Self::TimedOut,
            ApiErrorKind::Unreachable | ApiErrorKind::Aborted => Self::NoConnection,
            ApiErrorKind::ServerFailed if is_about_the_provider(error) => of_provider(error),
            ApiErrorKind::ServerFailed => Self::DeploymentFailed,
            _ => Self::Unreadable,
        }
    }
}

/// Whether a `500` says that the provider could not be asked
/// (`GET /external-auth/{id}`). Other messages are about the deployment.
fn is_about_the_provider(error: &ApiError) -> bool {
    let message = error.message.raw().to_ascii_lowercase();
    message.starts_with("failed to validate token")
}

fn of_provider(error: &ApiError) -> TransientFailure {
    if error.detail.is_empty() {
        return TransientFailure::Unreachable;
    }
    match classify_validation(error.detail.raw()) {
        LinkFailure::Transient(failure) => failure,
        // A refused token is answered with 200 and `authenticated: false`.
        LinkFailure::Permanent(_) => TransientFailure::Forbidden,
    }
}

#[cfg(test)]
mod tests {
    use super::TransientFailure::{self, *};
    use crate::{ApiError, ApiErrorKind, FailedResponse};

    fn of_answer(status: u16, content_type: &str, body: &str) -> TransientFailure {
        let response = FailedResponse {
            status,
            content_type,
            retry_after: None,
            body,
        };
        (&ApiError::from_response("GET /x", response)).into()
    }

    fn of_detail(detail: &str) -> TransientFailure {
        let body = serde_json::json!({ "message": "Failed to validate token.", "detail": detail });
        of_answer(500, "application/json", &body.to_string())
    }

    #[test]
    fn failures_of_the_provider_are_attributed_to_it() {
        for (detail, expected) in [
            ("status 502: body: x", Unavailable),
            ("status 429: body: x", RateLimited),
            ("status 403: body: API rate limit exceeded", Forbidden),
            ("status 401: body: x", Forbidden),
            ("status 404: body: i/o timeout", UnknownReason),
            (
                "Get \"https://git.example/user\": dial tcp: connection refused",
                Unreachable,
            ),
            (
                "Get \"https://git.example/user\": context deadline exceeded",
                TimedOut,
            ),
            ("something new", UnknownReason),
            ("", Unreachable),
        ] {
            assert_eq!(of_detail(detail), expected, "{detail}");
        }
    }

    #[test]
    fn failures_before_the_provider_are_not_attributed_to_it() {
        let internal = r#"{"message":"An internal server error occurred.","detail":"dial tcp: connection refused"}"#;
        let no_answer = |kind| TransientFailure::from(&ApiError::new(kind, "GET /x", "no"));
        for (failure, expected) in [
            (
                of_answer(500, "application/json", internal),
                DeploymentFailed,
            ),
            (
                of_answer(502, "text/html", "<html>Bad gateway</html>"),
                DeploymentFailed,
            ),
            (
                of_answer(429, "application/json", r#"{"message":"slow down"}"#),
                DeploymentLimited,
            ),
            (no_answer(ApiErrorKind::Unreachable), NoConnection),
            (no_answer(ApiErrorKind::Aborted), NoConnection),
            (no_answer(ApiErrorKind::TimedOut), TimedOut),
            (no_answer(ApiErrorKind::Unreadable), Unreadable),
        ] {
            assert_eq!(failure, expected);
        }
    }
}
