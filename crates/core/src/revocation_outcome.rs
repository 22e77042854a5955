use crate::BeforeUnlink;
use crate::redact::redact;
use crate::wire::{UnlinkResponse, decode};

/// Whether the provider revoked the token when a link was removed (RFC 7009,
/// best effort).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RevocationOutcome {
    /// The provider accepted the revocation.
    Revoked,
    /// The deployment has no revocation endpoint for the provider, which keeps
    /// the grant.
    NotConfigured,
    /// The revocation failed, so the token may still be valid.
    Failed {
        /// The server's or the provider's reason, redacted; may be empty.
        reason: String,
    },
    /// The revocation failed for a token that the provider had refused before.
    /// Very likely there was nothing left to revoke.
    AlreadyRefused {
        /// The server's or the provider's reason, redacted.
        reason: String,
    },
    /// The answer says that the link is removed, and nothing about the token.
    Unknown,
}

impl RevocationOutcome {
    /// Reads the body of a success of `DELETE /external-auth/{id}`. None if the
    /// body does not come from Coder: then it is not known whether the link is
    /// removed.
    #[must_use]
    pub fn of(body: &str, before: BeforeUnlink) -> Option<Self> {
        // Servers before September 2025 answer `OK`, as JSON or plain text.
        if matches!(body.trim(), "OK" | "\"OK\"") {
            return Some(Self::Unknown);
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
            // Revocation is configured and no reason is given. This is
            // ambiguous, so it counts as a failure, which is the safe
            // direction.
            Self::Failed { reason }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::RevocationOutcome::{self, AlreadyRefused, Failed, NotConfigured, Revoked, Unknown};
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
    fn reads_each_answer_of_current_servers() {
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
    fn a_failure_after_a_refused_token_is_already_refused() {
        let reason = REASON.to_owned();
        assert_eq!(of_refused(ERROR, true), Some(AlreadyRefused { reason }));
        // Without a reason it is not known whether the provider was asked.
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
    fn ok_of_older_servers_says_nothing_about_the_token() {
        for body in ["OK", "\"OK\"", "\"OK\"\n"] {
            assert_eq!(of(body, true), Some(Unknown), "{body}");
        }
    }

    #[test]
    fn a_body_that_is_not_from_coder_has_no_outcome() {
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
