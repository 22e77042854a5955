use crate::ApiError;

/// How a device flow ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeviceEnd {
    /// The account is linked.
    Linked,
    /// The person refused the request at the provider.
    Denied,
    /// The code expired before the person finished.
    Expired,
    /// The provider gave no code.
    NoCode,
    /// The deployment refused to request a code, for this reason.
    CodeRefused(ApiError),
    /// Another failure. The reason is redacted.
    Failed(String),
    /// The link works, but it is not known whether it was linked again. Either
    /// the provider no longer knows the code, as after an exchange whose answer
    /// was lost, or another tab says that the link may have changed. The reason
    /// is redacted and may be empty.
    Unconfirmed(String),
    /// The session has ended.
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
