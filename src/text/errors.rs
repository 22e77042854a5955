use external_auth_core::{ApiError, ApiErrorKind, routes};

/// Why a request failed, and what the person can do.
#[must_use]
pub fn api_error(error: &ApiError) -> String {
    let status = error.status.unwrap_or_default();
    match error.kind {
        ApiErrorKind::Unreachable => {
            "Coder couldn't be reached. Check your connection, then try again.".into()
        }
        ApiErrorKind::TimedOut => "Coder took too long to answer.".into(),
        ApiErrorKind::Aborted => "The request was canceled.".into(),
        ApiErrorKind::Unauthorized => "Your session has ended. Sign in again.".into(),
        ApiErrorKind::Forbidden => "You don't have permission to do this.".into(),
        ApiErrorKind::NotFound if error.request.contains(routes::EXTERNAL_AUTH) => {
            "Coder doesn't have this provider. Refresh the list to see what's there now.".into()
        }
        ApiErrorKind::CsrfRefused => {
            "Coder didn't accept the request from this page. Reload the page, then try again."
                .into()
        }
        ApiErrorKind::RateLimited(Some(wait)) => {
            let seconds = wait.as_secs();
            let plural = if seconds == 1 { "" } else { "s" };
            format!("Coder is limiting requests. Try again in {seconds} second{plural}.")
        }
        ApiErrorKind::RateLimited(None) => {
            "Coder is limiting requests. Wait a minute, then try again.".into()
        }
        ApiErrorKind::Rejected | ApiErrorKind::NotFound => {
            format!("Coder refused the request ({status}).")
        }
        ApiErrorKind::ServerFailed => {
            format!("Coder or a proxy returned an error ({status}).")
        }
        ApiErrorKind::SignedOutAtProxy => signed_out_at_proxy().into(),
        ApiErrorKind::Unreadable => {
            "The answer isn't from Coder. A proxy may have replaced it.".into()
        }
    }
}

/// A proxy in front of the deployment requires a sign-in, which needs the page
/// to be loaded again.
#[must_use]
pub fn signed_out_at_proxy() -> &'static str {
    "You were signed out at a proxy in front of Coder. Load the page again to sign in."
}

/// Why the list could not be loaded. A `404` differs from [`api_error`]: every
/// deployment has a list.
#[must_use]
pub fn list_error(error: &ApiError) -> String {
    match error.kind {
        ApiErrorKind::NotFound => {
            "This isn't the address of Coder, or it has no external authentication.".into()
        }
        _ => api_error(error),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use external_auth_core::FailedResponse;

    use super::{ApiError, ApiErrorKind, api_error};

    #[test]
    fn each_error_kind_has_a_distinct_sentence() {
        use ApiErrorKind as Kind;

        let kinds = [
            Kind::Unreachable,
            Kind::TimedOut,
            Kind::Aborted,
            Kind::Unauthorized,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::CsrfRefused,
            Kind::RateLimited(None),
            Kind::RateLimited(Some(Duration::from_secs(7))),
            Kind::Rejected,
            Kind::ServerFailed,
            Kind::Unreadable,
            Kind::SignedOutAtProxy,
        ];
        let mut sentences: Vec<_> = kinds
            .into_iter()
            .map(|kind| {
                api_error(&ApiError::new(
                    kind,
                    "GET /api/v2/external-auth/x",
                    "the detail",
                ))
            })
            .collect();
        for sentence in &sentences {
            assert!(sentence.ends_with('.'), "{sentence}");
            assert!(
                !sentence.contains("the detail"),
                "foreign words are folded away: {sentence}"
            );
        }
        sentences.sort();
        sentences.dedup();
        assert_eq!(sentences.len(), kinds.len());
    }

    #[test]
    fn the_sentence_names_the_status_and_the_time_to_wait() {
        let error = |status| {
            ApiError::from_response(
                "GET /x",
                FailedResponse {
                    status,
                    content_type: "",
                    retry_after: Some("7"),
                    body: "",
                },
            )
        };
        assert!(api_error(&error(418)).contains("(418)"));
        // Only the routes of a provider tell that it is not known.
        assert!(api_error(&error(404)).contains("(404)"));
        assert!(api_error(&error(502)).contains("(502)"));
        assert!(api_error(&error(429)).contains("7 s"));
    }
}
