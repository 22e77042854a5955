use external_auth_core::{ApiError, SafeUrl};

/// How an unlink ended. Warnings are kept by the session already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnlinkOutcome {
    /// The link was removed, and the provider has revoked the token.
    Revoked,
    /// The link was removed. The deployment does not revoke tokens of this
    /// provider.
    NotRevoked {
        /// Where the person can remove the access at the provider.
        authorizations_url: Option<SafeUrl>,
    },
    /// The link was removed. The provider refused its token already before.
    AlreadyRefused {
        /// What the provider said, redacted.
        reason: String,
        /// Where the person can remove the access at the provider.
        authorizations_url: Option<SafeUrl>,
    },
    /// The link was removed, and the token may still be valid. There is a warning.
    MayStillBeValid,
    /// There was no link any more.
    WasRemovedAlready {
        /// Whether the list could be read afterwards.
        is_known: bool,
    },
    /// The provider is not configured any more, so the deployment does not
    /// remove the link.
    OrphanCannotBeRemoved,
    /// There was no answer of the deployment, and the link is still there or the
    /// list could not be read.
    Unconfirmed {
        /// What came in place of an answer.
        error: ApiError,
        /// Whether the list could be read afterwards.
        is_known: bool,
    },
    /// The link wasn't removed.
    Failed(ApiError),
    /// Nothing was sent: it could not be asked who is signed in.
    PersonNotConfirmed(ApiError),
    /// Nothing was sent, because another person is signed in; or the answer came
    /// for a person who is not signed in any more. The session tells it.
    AnotherPerson,
    /// Nothing was done: another command runs for this provider, the person
    /// answered No, or the page has gone.
    NotDone,
}

impl UnlinkOutcome {
    /// Whether this command removed the link.
    #[must_use]
    pub fn is_removed(&self) -> bool {
        matches!(
            self,
            Self::Revoked
                | Self::NotRevoked { .. }
                | Self::AlreadyRefused { .. }
                | Self::MayStillBeValid
        )
    }
}
