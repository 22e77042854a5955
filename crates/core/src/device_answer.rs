use std::time::Duration;

use crate::redact::redact;
use crate::server_text::{beginning, named_status, network_failure};
use crate::wire::{ApiMessage, decode};
use crate::{ApiError, ApiErrorKind};

/// What a poll of the device flow was answered with
/// (`POST /external-auth/{id}/device`, RFC 8628 §3.5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeviceAnswer {
    /// The account is linked.
    Linked,
    /// The person has not finished at the provider yet.
    AuthorizationPending,
    /// The same, and polls came too often: five seconds more between them,
    /// for good.
    SlowDown,
    /// The person refused at the provider.
    AccessDenied,
    /// The code has ended.
    ExpiredToken,
    /// Nothing is known; the flow goes on after a longer wait, and not before
    /// what `Retry-After` says.
    Passing(Option<Duration>),
    /// The session is gone.
    Unauthorized,
    /// Anything else ends the flow. The reason is redacted.
    Refused(String),
}

impl DeviceAnswer {
    /// Reads an answer that is not a success, by its error and its body.
    ///
    /// First it is asked whether the provider answered at all: a page that came
    /// with a `502` can hold any word. Then the words of RFC 8628 are looked for
    /// inside `detail`: Coder passes on what a provider answers with status 400
    /// wrapped in a longer text, which holds the request's address too,
    /// `device_code` included.
    #[must_use]
    pub fn of_failure(error: &ApiError, body: &str, device_code: &str) -> Self {
        match error.kind {
            ApiErrorKind::Unauthorized => return Self::Unauthorized,
            ApiErrorKind::RateLimited(wait) => return Self::Passing(wait),
            // It never reached the deployment. The code stays good for when the
            // person has signed in again.
            ApiErrorKind::SignedOutAtProxy => return Self::Passing(None),
            _ if error.is_passing() => return Self::Passing(None),
            _ => {}
        }
        let message = decode::<ApiMessage>(body).unwrap_or_default();
        if has_passing_cause(&message.detail) {
            return Self::Passing(None);
        }
        let says = |word| has_word(&message.detail, word) || has_word(&message.message, word);
        // A text can hold several of them, in an explanation; the one that
        // ends the flow is the one that must not be missed.
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

/// Whether `word` stands in `text` by itself: not as part of a longer name.
fn has_word(text: &str, word: &str) -> bool {
    let continues = |character: char| character.is_ascii_alphanumeric() || character == '_';
    text.match_indices(word).any(|(start, _)| {
        !text[..start].ends_with(continues) && !text[start + word.len()..].starts_with(continues)
    })
}

/// Whether the provider itself failed, or the way to it: Coder says so with
/// status 400, and with the provider's status or the failure in the text.
fn has_passing_cause(detail: &str) -> bool {
    let text = beginning(detail);
    match named_status(&text) {
        Some(status) => matches!(status, 429 | 500..=599),
        // Not JSON, with status 200: the page of something in between.
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
        self, AccessDenied, AuthorizationPending, ExpiredToken, Passing, Refused, SlowDown,
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
    fn the_words_of_rfc_8628_are_found_alone_and_inside_longer_texts() {
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
    fn a_part_of_a_longer_name_is_not_the_word() {
        assert!(matches!(answer(400, "not_slow_down_at_all"), Refused(_)));
    }

    #[test]
    fn a_failure_between_coder_and_the_provider_ends_nothing() {
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
            assert_eq!(answer(400, &detail), Passing(None), "{detail}");
            assert_eq!(answer(400, failure), Passing(None), "{failure}");
        }
        let not_json = "invalid character '<' looking for beginning of value";
        assert_eq!(answer(400, not_json), Passing(None));
    }

    #[test]
    fn a_page_that_came_with_a_failure_is_not_searched_for_words() {
        const PAGE: &str = "<html><p>access_denied expired_token slow_down authorization_pending, \
            status 400, connection refused</p></html>";
        const URL: &str = "https://git.example/token?device_code=s3cretC0de&status=400";
        for status in [429, 500, 502, 503, 504] {
            for wording in ["unexpected status code", "unexpected status", "status"] {
                for page in [PAGE.to_owned(), PAGE.to_uppercase(), PAGE.repeat(20)] {
                    let detail = format!(
                        "POST {URL}: {wording} {status}: unexpected non-JSON response\n\tError: {page}"
                    );
                    assert_eq!(answer(400, &detail), Passing(None), "{detail}");
                }
            }
        }
        // What a provider refuses with stays a refusal, whatever is on its page.
        let detail =
            format!("POST {URL}: unexpected status code 404: dial tcp: connection refused");
        assert!(matches!(answer(400, &detail), Refused(_)));
    }

    #[test]
    fn passing_failures_end_nothing() {
        for status in [500, 502, 504] {
            assert_eq!(answer(status, "authorization_pending"), Passing(None));
        }
        assert_eq!(
            answer(
                400,
                "POST https://git.example/token: unexpected status 502: <html>"
            ),
            Passing(None)
        );
        assert_eq!(answer(429, ""), Passing(Some(Duration::from_secs(9))));
        assert_eq!(answer(401, ""), Unauthorized);
    }

    #[test]
    fn the_reason_holds_neither_the_device_code_nor_a_query() {
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
