use std::time::Duration;

use crate::redact::redact;
use crate::server_text::{beginning, named_status, network_failure};
use crate::wire::{ApiMessage, decode};
use crate::{ApiError, ApiErrorKind};

/// The answer to a poll of the device flow (`POST /external-auth/{id}/device`,
/// RFC 8628 §3.5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeviceAnswer {
    /// The account is linked.
    Linked,
    /// The person has not finished at the provider yet.
    AuthorizationPending,
    /// The person has not finished yet, and polls came too often: the interval
    /// grows by 5 s permanently.
    SlowDown,
    /// The person refused the request at the provider.
    AccessDenied,
    /// The code has expired.
    ExpiredToken,
    /// A transient failure: the flow continues after a longer wait, which is at
    /// least the `Retry-After` of the answer, if there is one.
    Transient(Option<Duration>),
    /// The session has ended.
    Unauthorized,
    /// Any other failure, which ends the flow. The reason is redacted.
    Refused(String),
}

impl DeviceAnswer {
    /// Reads an answer that is not a success, by its error and its body.
    ///
    /// It first checks whether the provider answered at all, because a page
    /// with status `502` can contain any word. It then searches `detail` for
    /// the error codes of RFC 8628: Coder wraps a provider's `400` in a longer
    /// text, which also contains the request's address with the `device_code`.
    #[must_use]
    pub fn of_failure(error: &ApiError, body: &str, device_code: &str) -> Self {
        match error.kind {
            ApiErrorKind::Unauthorized => return Self::Unauthorized,
            ApiErrorKind::RateLimited(wait) => return Self::Transient(wait),
            // The poll did not reach the deployment. The code stays valid until
            // the person has signed in again.
            ApiErrorKind::SignedOutAtProxy => return Self::Transient(None),
            _ if error.is_transient() => return Self::Transient(None),
            _ => {}
        }
        let message = decode::<ApiMessage>(body).unwrap_or_default();
        if has_transient_cause(&message.detail) {
            return Self::Transient(None);
        }
        let says = |word| has_word(&message.detail, word) || has_word(&message.message, word);
        // An explanation can contain several codes. Those that end the flow are
        // checked first, because they must not be missed.
        if says("access_denied") {
            Self::AccessDenied
        } else if says("expired_token") {
            Self::ExpiredToken
        } else if says("slow_down") {
            Self::SlowDown
        } else if says("authorization_pending") {
            Self::AuthorizationPending
        } else {
            let reason = [message.message, message.detail].join(" ");
            let reason = if reason.trim().is_empty() {
                body
            } else {
                &reason
            };
            Self::Refused(redact(&without_secret(reason, device_code)))
        }
    }
}

/// Whether `text` contains `word` as a whole word, not as part of a longer
/// name.
fn has_word(text: &str, word: &str) -> bool {
    let continues = |character: char| character.is_ascii_alphanumeric() || character == '_';
    text.match_indices(word).any(|(start, _)| {
        !text[..start].ends_with(continues) && !text[start + word.len()..].starts_with(continues)
    })
}

/// Whether the provider or the connection to it failed. Coder reports this with
/// status 400, and names the provider's status or the failure in the text.
fn has_transient_cause(detail: &str) -> bool {
    let text = beginning(detail);
    match named_status(&text) {
        Some(status) => matches!(status, 429 | 500..=599),
        // An answer with status 200 that is not JSON: a page of a proxy.
        None => network_failure(&text).is_some() || text.contains(NOT_JSON),
    }
}

const NOT_JSON: &str = "invalid character '<' looking for beginning of value";

fn without_secret(text: &str, secret: &str) -> String {
    if secret.is_empty() {
        text.to_owned()
    } else {
        text.replace(secret, "…")
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::DeviceAnswer::{
        self, AccessDenied, AuthorizationPending, ExpiredToken, Refused, SlowDown, Transient,
        Unauthorized,
    };
    use crate::{ApiError, FailedResponse};

    fn answer(status: u16, detail: &str) -> DeviceAnswer {
        let body =
            serde_json::json!({ "message": "Failed to exchange device code.", "detail": detail })
                .to_string();
        answer_to(status, &body)
    }

    fn answer_to(status: u16, body: &str) -> DeviceAnswer {
        let response = FailedResponse {
            status,
            content_type: "application/json",
            retry_after: Some("9"),
            body,
        };
        let error = ApiError::from_response("POST /api/v2/external-auth/x/device", response);
        DeviceAnswer::of_failure(&error, body, "s3cretC0de")
    }

    #[test]
    fn finds_the_codes_of_rfc_8628_alone_and_in_longer_texts() {
        let wrapped = |word: &str| {
            format!(
                "status 400: POST https://git.example/token?device_code=s3cretC0de: {{\"error\":\"{word}\"}}"
            )
        };
        for (word, expected) in [
            ("authorization_pending", AuthorizationPending),
            ("slow_down", SlowDown),
            ("access_denied", AccessDenied),
            ("expired_token", ExpiredToken),
        ] {
            assert_eq!(answer(400, word), expected);
            assert_eq!(answer(400, &wrapped(word)), expected, "{word}");
        }
    }

    #[test]
    fn a_code_inside_a_longer_name_does_not_count() {
        assert!(matches!(answer(400, "not_slow_down_at_all"), Refused(_)));
    }

    #[test]
    fn a_failure_between_coder_and_the_provider_is_transient() {
        const URL: &str =
            "https://git.example/token?device_code=s3cretC0de&client_id=access_denied";
        for failure in [
            "dial tcp 192.0.2.7:443: connect: connection refused",
            "dial tcp: lookup git.example on 10.0.0.1:53: no such host",
            "dial tcp: lookup git.example: Temporary failure in name resolution",
            "dial tcp: lookup git.example: server misbehaving",
            "dial tcp 192.0.2.7:443: connect: no route to host",
            "dial tcp 192.0.2.7:443: connect: network is unreachable",
            "dial tcp 192.0.2.7:443: i/o timeout",
            "read: connection reset by peer",
            "write: broken pipe",
            "unexpected EOF",
            "EOF",
            "context deadline exceeded",
            "context canceled",
            "net/http: TLS handshake timeout",
            "tls: failed to verify certificate: x509: certificate signed by unknown authority",
            "x509: certificate has expired or is not yet valid",
            "http2: server sent GOAWAY and closed the connection",
            "proxyconnect tcp: dial tcp 10.0.0.9:3128: connect: connection refused",
            "Proxy Authentication Required",
        ] {
            let detail = format!("Post \"{URL}\": {failure}");
            assert_eq!(answer(400, &detail), Transient(None), "{detail}");
            assert_eq!(answer(400, failure), Transient(None), "{failure}");
        }
        let not_json = "invalid character '<' looking for beginning of value";
        assert_eq!(answer(400, not_json), Transient(None));
    }

    #[test]
    fn the_page_of_a_failure_is_not_searched_for_codes() {
        const PAGE: &str = "<html><p>access_denied expired_token slow_down authorization_pending, \
            status 400, connection refused</p></html>";
        const URL: &str = "https://git.example/token?device_code=s3cretC0de&status=400";
        for status in [429, 500, 502, 503, 504] {
            for wording in ["unexpected status code", "unexpected status", "status"] {
                for page in [PAGE.to_owned(), PAGE.to_uppercase(), PAGE.repeat(20)] {
                    let detail = format!(
                        "POST {URL}: {wording} {status}: unexpected non-JSON response\n\tError: {page}"
                    );
                    assert_eq!(answer(400, &detail), Transient(None), "{detail}");
                }
            }
        }
        // A refusal of the provider stays a refusal, whatever its page
        // contains.
        let detail =
            format!("POST {URL}: unexpected status code 404: dial tcp: connection refused");
        assert!(matches!(answer(400, &detail), Refused(_)));
    }

    #[test]
    fn transient_failures_do_not_end_the_flow() {
        for status in [500, 502, 504] {
            assert_eq!(answer(status, "authorization_pending"), Transient(None));
        }
        assert_eq!(
            answer(
                400,
                "POST https://git.example/token: unexpected status 502: <html>"
            ),
            Transient(None)
        );
        assert_eq!(answer(429, ""), Transient(Some(Duration::from_secs(9))));
        assert_eq!(answer(401, ""), Unauthorized);
    }

    #[test]
    fn the_reason_contains_neither_the_device_code_nor_a_query() {
        let Refused(reason) = answer(
            400,
            "Post \"https://git.example/token?client_id=abc\": s3cretC0de was not known",
        ) else {
            panic!("not refused");
        };
        assert_eq!(
            reason,
            "Failed to exchange device code. Post \"https://git.example/token?…\": … was not known"
        );
        assert_eq!(
            answer_to(400, "nonsense s3cretC0de"),
            Refused("nonsense …".into())
        );
    }
}
