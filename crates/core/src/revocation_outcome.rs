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
    /// The answer says that the link is gone and nothing of the token.
    NotSaid,
}

impl RevocationOutcome {
    /// Reads the body of a `200` to `DELETE /external-auth/{id}`, which older
    /// servers answer with a bare `"OK"`.
    #[must_use]
    pub fn of(body: &str, supports_revocation: bool) -> Self {
        match decode::<UnlinkResponse>(body) {
            Err(_) => Self::NotSaid,
            Ok(UnlinkResponse {
                token_revoked: true,
                ..
            }) => Self::Revoked,
            Ok(UnlinkResponse {
                token_revocation_error,
                ..
            }) if !token_revocation_error.is_empty() => Self::Failed {
                reason: redact(&token_revocation_error),
            },
            // No error where revocation is configured is ambiguous, and to
            // call it fine would be a guess in the wrong direction.
            Ok(_) if supports_revocation => Self::Failed {
                reason: String::new(),
            },
            Ok(_) => Self::NotConfigured,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RevocationOutcome::{self, Failed, NotConfigured, NotSaid, Revoked};

    #[test]
    fn each_answer_of_the_contract() {
        let failed = |reason: &str| Failed {
            reason: reason.to_owned(),
        };
        for (body, supports, outcome) in [
            (r#"{"token_revoked":true}"#, true, Revoked),
            (
                r#"{"token_revoked":true,"token_revocation_error":""}"#,
                false,
                Revoked,
            ),
            (r#"{"token_revoked":false}"#, false, NotConfigured),
            (r#"{"token_revoked":false}"#, true, failed("")),
            (
                r#"{"token_revoked":false,"token_revocation_error":"Post \"https://git.example/revoke?client_id=abc\": 503"}"#,
                true,
                failed("Post \"https://git.example/revoke?…\": 503"),
            ),
            (
                r#"{"token_revoked":false,"token_revocation_error":"no"}"#,
                false,
                failed("no"),
            ),
            ("\"OK\"", true, NotSaid),
            ("OK", false, NotSaid),
            ("", true, NotSaid),
            ("{}", true, NotSaid),
            ("<html>", true, NotSaid),
        ] {
            assert_eq!(
                RevocationOutcome::of(body, supports),
                outcome,
                "{body}, {supports}"
            );
        }
    }
}
