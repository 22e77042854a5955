use external_auth_core::ApiError;

/// The result of a check that a person asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CheckOutcome {
    /// The provider's row shows the result.
    Answered,
    /// The request failed permanently.
    Failed(ApiError),
    /// The person has to sign in first.
    SignedOut,
    /// Another command is pending for the provider, or the check was given up.
    NotDone,
}
