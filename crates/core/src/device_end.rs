use crate::ApiError;

/// How a device flow ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeviceEnd {
    /// The account is linked.
    Linked,
    /// The person refused at the provider.
    Denied,
    /// The code ended before the person finished.
    Expired,
    /// The provider gave no code.
    NoCode,
    /// The deployment refused to ask for a code, for this reason.
    CodeRefused(ApiError),
    /// Something else; the reason is redacted.
    Failed(String),
    /// The link works, and whether it was linked again is not known: the provider
    /// does not know the code any more, as after an exchange whose answer was
    /// lost, or another tab says that the link may have changed. The reason is
    /// redacted, and may be empty.
    Unconfirmed(String),
    /// The session is gone.
    SignedOut,
}

impl DeviceEnd {
    /// Whether a new code can help.
    #[must_use]
    pub fn can_be_renewed(&self) -> bool {
        matches!(
            self,
            Self::Denied
                | Self::Expired
                | Self::NoCode
                | Self::CodeRefused(_)
                | Self::Failed(_)
                | Self::Unconfirmed(_)
        )
    }
}
