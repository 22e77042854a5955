use crate::{ApiError, ApiErrorKind};

/// Why nothing is known about a link at the moment. It may pass by itself, and
/// says nothing against the link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PassingTrouble {
    /// The provider's rate limit.
    RateLimited,
    /// The provider answered `5xx`.
    Unavailable,
    /// Nobody answered in time.
    TimedOut,
    /// The provider could not be reached by the deployment.
    Unreachable,
    /// The deployment could not be reached by this browser.
    NoConnection,
    /// The deployment's own rate limit.
    DeploymentLimited,
    /// The deployment, or something before it, failed.
    DeploymentFailed,
    /// The deployment's answer could not be read.
    Unreadable,
}

/// Why a link does not work. Only its owner can mend it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FinalTrouble {
    /// The token ended and the deployment does not refresh it.
    Expired,
    /// The token ended and the provider refused to refresh it.
    RefreshRefused,
    /// The provider does not accept the token: revoked there, or replaced.
    Revoked,
    /// The list says no, and not why.
    Unexplained,
}

/// What a `validate_error` tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// Not known at the moment.
    Passing(PassingTrouble),
    /// Known to be broken.
    Final(FinalTrouble),
}

/// Reads the `validate_error` of a link that is not authenticated.
///
/// The texts are the server's own, in front of whatever the provider sent; the
/// order of the questions is what matters. A provider's page can hold any
/// word, so behind `body:` only the rate limit is looked for, which providers
/// also answer with as `403`.
#[must_use]
pub fn classify_validate_error(validate_error: &str) -> Trouble {
    use FinalTrouble::{Expired, RefreshRefused, Revoked, Unexplained};
    use PassingTrouble::{RateLimited, TimedOut, Unavailable, Unreachable};

    let text: String = validate_error
        .chars()
        .take(2000)
        .collect::<String>()
        .to_ascii_lowercase();
    let own_words = text.split("body:").next().unwrap_or_default();
    let says = |words: &[&str]| words.iter().any(|word| own_words.contains(word));

    if says(&["will not be retried"]) {
        return Trouble::Final(Expired);
    }
    if text.contains("rate limit") || says(&["too many requests"]) {
        return Trouble::Passing(RateLimited);
    }
    match status_in(own_words) {
        Some(429) => return Trouble::Passing(RateLimited),
        Some(500..=599) => return Trouble::Passing(Unavailable),
        Some(400..=499) if !own_words.contains("refresh") => return Trouble::Final(Revoked),
        _ => {}
    }
    if says(&["timeout", "timed out", "deadline exceeded"]) {
        return Trouble::Passing(TimedOut);
    }
    if says(&[
        "connection refused",
        "connection reset",
        "no such host",
        "network is unreachable",
        "tls:",
        ": eof",
    ]) {
        return Trouble::Passing(Unreachable);
    }
    Trouble::Final(if says(&["refreshing failed", "refresh token:"]) {
        RefreshRefused
    } else if says(&["expired"]) {
        Expired
    } else if says(&[
        "failed to validate",
        "revoked",
        "bad credentials",
        "unauthorized",
        "invalid",
    ]) {
        Revoked
    } else {
        Unexplained
    })
}

/// The first three-digit number behind the word "status".
pub(crate) fn status_in(text: &str) -> Option<u16> {
    text.match_indices("status").find_map(|(position, word)| {
        let rest = text[position + word.len()..]
            .trim_start_matches(" code")
            .trim_start_matches([':', ' ', '=']);
        let digits = rest.get(..3)?;
        let ends = !rest[3..].starts_with(|next: char| next.is_ascii_digit());
        (ends && digits.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| digits.parse().ok())
            .flatten()
    })
}

/// What a failed live check tells, when it is of the passing kind.
impl From<&ApiError> for PassingTrouble {
    fn from(error: &ApiError) -> Self {
        match error.kind {
            ApiErrorKind::RateLimited(_) => Self::DeploymentLimited,
            ApiErrorKind::TimedOut => Self::TimedOut,
            ApiErrorKind::Unreachable | ApiErrorKind::Aborted => Self::NoConnection,
            // A sentence of the deployment's own says that it could not ask
            // the provider; what a proxy says is not in this shape.
            ApiErrorKind::ServerFailed if !error.message.is_empty() => {
                match classify_validate_error(&error.detail) {
                    Trouble::Passing(trouble) => trouble,
                    Trouble::Final(_) => Self::Unavailable,
                }
            }
            ApiErrorKind::ServerFailed => Self::DeploymentFailed,
            _ => Self::Unreadable,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{
        FinalTrouble as F, PassingTrouble, PassingTrouble as P, Trouble, classify_validate_error,
    };
    use crate::{ApiError, ApiErrorKind, FailedResponse};

    #[test]
    fn the_texts_seen_from_servers() {
        let html = "<html>rate, timeout, expired</html>";
        for (text, trouble) in [
            (String::new(), Trouble::Final(F::Unexplained)),
            ("something new".into(), Trouble::Final(F::Unexplained)),
            ("token failed to validate".into(), Trouble::Final(F::Revoked)),
            (
                "token expired, refreshing is either disabled or refreshing failed and will not be retried".into(),
                Trouble::Final(F::Expired),
            ),
            (
                "token expired and refreshing failed 3m ago with: oauth2: \"invalid_grant\"".into(),
                Trouble::Final(F::RefreshRefused),
            ),
            ("refresh token: oauth2: cannot fetch token: 400 Bad Request".into(), Trouble::Final(F::RefreshRefused)),
            (
                "token expired and refreshing failed 3m ago with: context deadline exceeded".into(),
                Trouble::Passing(P::TimedOut),
            ),
            (
                "refresh token: Post \"https://git.example/token\": dial tcp: connection refused".into(),
                Trouble::Passing(P::Unreachable),
            ),
            (
                format!("validate external auth token: status 401: body: {html}"),
                Trouble::Final(F::Revoked),
            ),
            (
                format!("validate external auth token: status 503: body: {html}"),
                Trouble::Passing(P::Unavailable),
            ),
            (
                "validate external auth token: status 429: body: slow down".into(),
                Trouble::Passing(P::RateLimited),
            ),
            (
                "validate external auth token: status 403: body: API rate limit exceeded".into(),
                Trouble::Passing(P::RateLimited),
            ),
        ] {
            assert_eq!(classify_validate_error(&text), trouble, "{text}");
        }
    }

    #[test]
    fn who_is_at_fault_is_told_apart() {
        let answer = |status, content_type, body| {
            PassingTrouble::from(&ApiError::from_response(
                "GET /x",
                FailedResponse {
                    status,
                    content_type,
                    retry_after: None,
                    body,
                },
            ))
        };
        let json = "application/json";
        let no_answer = |kind| PassingTrouble::from(&ApiError::new(kind, "GET /x", "no"));
        for (trouble, expected) in [
            (
                answer(
                    500,
                    json,
                    r#"{"message":"Failed to validate token.","detail":"status 502: body: x"}"#,
                ),
                P::Unavailable,
            ),
            (
                answer(
                    500,
                    json,
                    r#"{"message":"Failed to validate token.","detail":"dial tcp: connection refused"}"#,
                ),
                P::Unreachable,
            ),
            (
                answer(
                    500,
                    json,
                    r#"{"message":"Failed to validate token.","detail":"status 403: body: API rate limit exceeded"}"#,
                ),
                P::RateLimited,
            ),
            (
                answer(500, json, r#"{"message":"Failed to validate token."}"#),
                P::Unavailable,
            ),
            (
                answer(502, "text/html", "<html>Bad gateway</html>"),
                P::DeploymentFailed,
            ),
            (
                answer(429, json, r#"{"message":"slow down"}"#),
                P::DeploymentLimited,
            ),
            (no_answer(ApiErrorKind::Unreachable), P::NoConnection),
            (no_answer(ApiErrorKind::Aborted), P::NoConnection),
            (no_answer(ApiErrorKind::TimedOut), P::TimedOut),
            (no_answer(ApiErrorKind::Unreadable), P::Unreadable),
        ] {
            assert_eq!(trouble, expected);
        }
    }

    proptest! {
        #[test]
        fn any_text_is_classified(text in "(status |429|5|refresh|é|\\PC){0,60}") {
            let _ = classify_validate_error(&text);
        }

        #[test]
        fn a_long_page_changes_nothing(page in "[a-z<> ]{0,3000}") {
            prop_assume!(!page.contains("rate limit"));
            prop_assert_eq!(
                classify_validate_error(&format!("validate external auth token: status 502: body: {page}")),
                Trouble::Passing(P::Unavailable)
            );
        }
    }
}
