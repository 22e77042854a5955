use crate::BeforeUnlink;
use crate::redact::redact;
use crate::wire::{UnlinkResponse, decode};

/// What became of the token at the provider when a link was removed
/// (RFC 7009, best effort).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RevocationOutcome {
    /// The provider accepted the revocation.
    Revoked,
    /// The deployment has no address to revoke at: the provider keeps the grant.
    NotConfigured,
    /// The token may still be valid. The reason is redacted; it is empty when
    /// the server names none.
    Failed {
        /// In the server's or the provider's words.
        reason: String,
    },
    /// It failed for a token that the provider had refused before: very likely
    /// nothing was left to revoke.
    AlreadyRefused {
        /// In the server's or the provider's words, redacted.
        reason: String,
    },
    /// The answer says that the link is gone and nothing of the token.
    NotSaid,
}

impl RevocationOutcome {
    /// Reads the body of a success of `DELETE /external-auth/{id}`. None where
    /// the body is not Coder's: then nothing is known, not even that the link
    /// is removed.
    #[must_use]
    pub fn of(body: &str, before: BeforeUnlink) -> Option<Self> {
        // Servers from before September 2025, as JSON or as plain text.
        if matches!(body.trim(), "OK" | "\"OK\"") {
            return Some(Self::NotSaid);
        }
        let answer: UnlinkResponse = decode(body).ok()?;
        let reason = redact(&answer.token_revocation_error);
        Some(if answer.token_revoked {
            Self::Revoked
        } else if reason.is_empty() && !before.supports_revocation {
            Self::NotConfigured
        } else if !reason.is_empty() && before.was_refused {
            Self::AlreadyRefused { reason }
        } else {
            // Without a reason it is ambiguous, where revocation is configured:
            // to call it fine would be a guess in the wrong direction.
            Self::Failed { reason }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::RevocationOutcome::{self, AlreadyRefused, Failed, NotConfigured, NotSaid, Revoked};
    use crate::BeforeUnlink;

    /// A token that worked.
    fn of(body: &str, supports_revocation: bool) -> Option<RevocationOutcome> {
        let before = BeforeUnlink {
            supports_revocation,
            was_refused: false,
        };
        RevocationOutcome::of(body, before)
    }

    /// A token that the provider had refused.
    fn of_refused(body: &str, supports_revocation: bool) -> Option<RevocationOutcome> {
        let before = BeforeUnlink {
            supports_revocation,
            was_refused: true,
        };
        RevocationOutcome::of(body, before)
    }

    const ERROR: &str = r#"{"token_revoked":false,"token_revocation_error":"Post \"https://git.example/revoke?client_id=abc\": 503"}"#;
    const REASON: &str = "Post \"https://git.example/revoke?…\": 503";

    #[test]
    fn each_answer_of_the_contract() {
        let failed = |reason: &str| {
            let reason = reason.to_owned();
            Some(Failed { reason })
        };
        for (body, supports, outcome) in [
            (r#"{"token_revoked":true}"#, true, Some(Revoked)),
            (
                r#"{"token_revoked":true,"token_revocation_error":""}"#,
                false,
                Some(Revoked),
            ),
            (r#"{"token_revoked":false}"#, false, Some(NotConfigured)),
            (r#"{"token_revoked":false}"#, true, failed("")),
            (ERROR, true, failed(REASON)),
            (ERROR, false, failed(REASON)),
        ] {
            assert_eq!(of(body, supports), outcome, "{body}, {supports}");
        }
    }

    #[test]
    fn a_token_that_was_refused_before_leaves_very_likely_nothing_to_revoke() {
        let reason = REASON.to_owned();
        assert_eq!(of_refused(ERROR, true), Some(AlreadyRefused { reason }));
        // Without a reason nobody says that the provider was asked.
        for (body, supports) in [
            (r#"{"token_revoked":true}"#, true),
            (r#"{"token_revoked":false}"#, true),
            (r#"{"token_revoked":false}"#, false),
            ("OK", true),
        ] {
            assert_eq!(of_refused(body, supports), of(body, supports), "{body}");
        }
    }

    #[test]
    fn older_servers_say_ok_and_nothing_more() {
        for body in ["OK", "\"OK\"", "\"OK\"\n"] {
            assert_eq!(of(body, true), Some(NotSaid), "{body}");
        }
    }

    #[test]
    fn what_is_not_coders_says_nothing_not_even_that_the_link_is_gone() {
        for body in [
            "",
            "{}",
            "null",
            "true",
            "ok",
            "\"ok\"",
            "OK, sign in",
            "<html>OK</html>",
            r#"{"message":"OK"}"#,
            r#"{"token_revoked":"true"}"#,
            r#"{"token_revoked":null,"token_revocation_error":"no"}"#,
            r#"[{"token_revoked":true}]"#,
            r#"{"token_revoked":true"#,
        ] {
            assert_eq!(of(body, true), None, "{body}");
            assert_eq!(of(body, false), None, "{body}");
        }
    }
}
