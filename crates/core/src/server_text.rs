//! Reads the error texts of a deployment. They begin with the server's own
//! words; the body from a provider or a proxy follows.

use crate::TransientFailure;
use crate::find_text::{contains_text, text_before};

/// The beginning of a text in lower case, trimmed. Only the beginning matters,
/// and a page after it can have megabytes.
pub(crate) fn beginning(text: &str) -> String {
    let beginning: String = text.trim().chars().take(4000).collect();
    beginning.to_ascii_lowercase()
}

/// The three digits at the beginning of a text: an HTTP status.
pub(crate) fn leading_status(text: &str) -> Option<u16> {
    let digits = text.get(..3)?;
    let ends = !text[3..].starts_with(|next: char| next.is_ascii_digit());
    (ends && digits.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| digits.parse().ok())
        .flatten()
}

/// The first status in a text, as in `status 503` and `unexpected status code
/// 503`. Addresses are skipped.
pub(crate) fn named_status(text: &str) -> Option<u16> {
    let mut words = text
        .split_whitespace()
        .filter(|word| !contains_text(word, "://"));
    while let Some(word) = words.next() {
        if word.trim_end_matches(':') != "status" {
            continue;
        }
        let mut rest = words.clone().filter(|word| *word != "code");
        if let Some(status) = rest.next().and_then(leading_status) {
            return Some(status);
        }
    }
    None
}

/// The parts of a text outside double quotes. The server quotes addresses and
/// the provider's words, as Go does; a quote inside is escaped by a backslash.
pub(crate) fn outside_quotes(text: &str) -> String {
    let mut outside = String::with_capacity(text.len());
    let (mut is_quoted, mut is_escaped) = (false, false);
    for character in text.chars() {
        if character == '"' && !is_escaped {
            is_quoted = !is_quoted;
        } else if !is_quoted {
            outside.push(character);
        }
        is_escaped = is_quoted && character == '\\' && !is_escaped;
    }
    outside
}

/// The network failure between the deployment and a provider that the server's
/// own words name, if any. `text` is in lower case.
///
/// A foreign body can contain any word, so the text after `body:` or
/// `response:` and in quotes is not searched.
pub(crate) fn network_failure(text: &str) -> Option<TransientFailure> {
    use TransientFailure::{DeploymentFailed, TimedOut, Unreachable};

    let own = text_before(text_before(text, "body:"), "response:");
    let own = outside_quotes(own);
    let says = |words: &[&str]| words.iter().any(|word| contains_text(&own, word));
    if says(&[
        "deadline exceeded",
        "i/o timeout",
        "tls handshake timeout",
        "client.timeout exceeded",
        "timeout awaiting",
        "timed out",
    ]) {
        Some(TimedOut)
    } else if says(&[
        "unexpected eof",
        "connection reset",
        "connection refused",
        "broken pipe",
        "no route to host",
        "network is unreachable",
        "no such host",
        "server misbehaving",
        "temporary failure in name resolution",
        "http2:",
        "x509:",
        "tls:",
        "proxyconnect ",
        "proxy authentication required",
    ]) || own.trim() == "eof"
        || own.trim_end().ends_with(": eof")
    {
        Some(Unreachable)
    } else if says(&["context canceled"]) {
        // The deployment cancelled the request.
        Some(DeploymentFailed)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::{leading_status, named_status, outside_quotes};

    #[test]
    fn a_status_has_three_digits() {
        for (text, status) in [
            ("503 service unavailable", Some(503)),
            ("503", Some(503)),
            ("5030", None),
            ("50", None),
            ("é03", None),
            ("", None),
        ] {
            assert_eq!(leading_status(text), status, "{text:?}");
        }
    }

    #[test]
    fn the_first_status_in_the_text_counts() {
        for (text, status) in [
            (
                "post https://git.example/?status=404&x: unexpected status code 503: status 400",
                Some(503),
            ),
            ("unexpected status 429: x", Some(429)),
            ("status: 502", Some(502)),
            ("the status is unknown, status 500", Some(500)),
            ("statuses 500", None),
            ("https://git.example/status 500", None),
        ] {
            assert_eq!(named_status(text), status, "{text:?}");
        }
    }

    #[test]
    fn quotes_end_as_in_go() {
        assert_eq!(outside_quotes(r#"a "b \" c" d "e\\" f"#), "a  d  f");
        assert_eq!(outside_quotes(r#"a "b"#), "a ");
    }
}
