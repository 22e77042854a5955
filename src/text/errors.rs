use external_auth_core::{ApiError, ApiErrorKind};

/// Why a request did not bring what it was made for, and what to do.
#[must_use]
pub fn api_error(error: &ApiError) -> String {
    let status = error.status.unwrap_or_default();
    match error.kind {
        ApiErrorKind::Unreachable => {
            "The deployment could not be reached. Check your connection, then try again.".into()
        }
        ApiErrorKind::TimedOut => "The deployment took too long to answer.".into(),
        ApiErrorKind::Aborted => "The request was cancelled.".into(),
        ApiErrorKind::Unauthorized => "Your session has ended. Sign in again.".into(),
        ApiErrorKind::Forbidden => "You are not allowed to do this.".into(),
        ApiErrorKind::NotFound => {
            "The deployment does not know this provider. Refresh the list to see what it has now."
                .into()
        }
        ApiErrorKind::CsrfRefused => {
            "The deployment refused the request as not coming from this page. Reload the page, then try again."
                .into()
        }
        ApiErrorKind::RateLimited(Some(wait)) => {
            let seconds = wait.as_secs();
            format!("The deployment asks to wait {seconds} s before the next request.")
        }
        ApiErrorKind::RateLimited(None) => {
            "The deployment had too many requests. Wait a minute, then try again.".into()
        }
        ApiErrorKind::Rejected => format!("The deployment refused the request (status {status})."),
        ApiErrorKind::ServerFailed => {
            format!("The deployment, or something before it, failed (status {status}).")
        }
        ApiErrorKind::Unreadable => {
            "The answer is not one of Coder's. Something between this page and the deployment may have replaced it."
                .into()
        }
    }
}
