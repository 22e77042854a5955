use std::fmt::Write;

use axum::http::StatusCode;
use external_auth_core::Timestamp;

use super::{StoredLink, provider_answer::ProviderAnswer};
use crate::wire::Expiry;

/// The error codes of a permanent failure, after which a refresh is not retried.
const PERMANENT_CODES: [&str; 6] = [
    "bad_refresh_token",
    "invalid_grant",
    "unauthorized_client",
    "unsupported_grant_type",
    "incorrect_client_credentials",
    "invalid_client",
];

/// The failure of a request to a token endpoint.
#[derive(Debug)]
pub(super) struct TokenError {
    /// The text of Go's OAuth library.
    pub(super) reason: String,
    /// Whether a retry is useless, by the error code or by the status.
    pub(super) is_permanent: bool,
}

impl TokenError {
    /// The endpoint was not reached, or its answer was incomplete.
    pub(super) fn transport(reason: String) -> Self {
        Self {
            reason,
            is_permanent: false,
        }
    }
}

/// The tokens of a token endpoint's answer (RFC 6749 §5.1).
pub(super) fn tokens_of(
    received: &ProviderAnswer,
    now: Timestamp,
) -> Result<StoredLink, TokenError> {
    let body = received.json();
    let text = |name: &str| body[name].as_str().unwrap_or_default();
    let code = text("error");
    let is_success = received.status.is_success() && code.is_empty();
    if is_success && !text("access_token").is_empty() {
        return Ok(StoredLink {
            created_at: now,
            updated_at: now,
            access_token: text("access_token").to_owned(),
            refresh_token: body["refresh_token"].as_str().map(str::to_owned),
            expires: match body["expires_in"].as_i64() {
                Some(seconds) => Expiry::At(now.plus_ms(seconds.saturating_mul(1000))),
                None => Expiry::Never,
            },
            refresh_failure: None,
        });
    }
    let reason = if is_success && !body.is_null() {
        "oauth2: server response missing access_token".to_owned()
    } else if is_success {
        format!("oauth2: cannot parse json: {}", received.json_error())
    } else if code.is_empty() {
        format!(
            "oauth2: cannot fetch token: {}\nResponse: {}",
            received.status_line(),
            received.body
        )
    } else {
        let mut reason = format!("oauth2: {code:?}");
        for part in [text("error_description"), text("error_uri")] {
            if !part.is_empty() {
                let _ = write!(reason, " {part:?}");
            }
        }
        reason
    };
    let is_permanent = PERMANENT_CODES.contains(&code)
        || matches!(
            received.status,
            StatusCode::OK | StatusCode::BAD_REQUEST | StatusCode::UNAUTHORIZED
        );
    Err(TokenError {
        reason,
        is_permanent,
    })
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderMap;

    use super::*;

    fn error(status: u16, body: &str) -> (String, bool) {
        let received = ProviderAnswer {
            status: StatusCode::from_u16(status).unwrap(),
            headers: HeaderMap::new(),
            body: body.to_owned(),
        };
        let error = tokens_of(&received, Timestamp::from_unix_ms(0)).unwrap_err();
        (error.reason, error.is_permanent)
    }

    #[test]
    fn an_error_has_the_text_of_go_s_library_and_coder_s_classification() {
        let page = "<h1>rate limit</h1>";
        for (status, body, reason, is_permanent) in [
            (
                503,
                page,
                "oauth2: cannot fetch token: 503 Service Unavailable\nResponse: <h1>rate limit</h1>",
                false,
            ),
            (
                400,
                page,
                "oauth2: cannot fetch token: 400 Bad Request\nResponse: <h1>rate limit</h1>",
                true,
            ),
            (
                401,
                "",
                "oauth2: cannot fetch token: 401 Unauthorized\nResponse: ",
                true,
            ),
            (
                403,
                "",
                "oauth2: cannot fetch token: 403 Forbidden\nResponse: ",
                false,
            ),
            (
                404,
                "",
                "oauth2: cannot fetch token: 404 Not Found\nResponse: ",
                false,
            ),
            (
                429,
                "",
                "oauth2: cannot fetch token: 429 Too Many Requests\nResponse: ",
                false,
            ),
            (
                400,
                r#"{"error":"invalid_grant","error_description":"It has \"ended\"."}"#,
                r#"oauth2: "invalid_grant" "It has \"ended\".""#,
                true,
            ),
            (
                200,
                r#"{"error":"bad_refresh_token","error_description":"No.","error_uri":"https://a.example/b"}"#,
                r#"oauth2: "bad_refresh_token" "No." "https://a.example/b""#,
                true,
            ),
            (
                403,
                r#"{"error":"invalid_client"}"#,
                r#"oauth2: "invalid_client""#,
                true,
            ),
            (
                503,
                r#"{"error":"temporarily_unavailable"}"#,
                r#"oauth2: "temporarily_unavailable""#,
                false,
            ),
            (
                200,
                r#"{"token_type":"bearer"}"#,
                "oauth2: server response missing access_token",
                true,
            ),
            (
                200,
                page,
                "oauth2: cannot parse json: invalid character '<' looking for beginning of value",
                true,
            ),
        ] {
            assert_eq!(
                error(status, body),
                (reason.to_owned(), is_permanent),
                "{status} {body}"
            );
        }
    }
}
