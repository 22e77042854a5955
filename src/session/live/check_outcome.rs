use external_auth_core::ApiError;

/// How a check that a person asked for ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CheckOutcome {
    /// The provider's row tells what came of it.
    Answered,
    /// The request failed in a way that will not pass.
    Failed(ApiError),
    /// The person has to sign in first.
    SignedOut,
    /// Something else is being done with the provider, or the check was given up.
    NotDone,
}
