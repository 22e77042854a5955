use crate::{ApiError, redact};

/// Why a provider is in its state, in the words of the server or the provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StateReason<'a> {
    /// The state has no such words: nothing is wrong, or a live check was
    /// refused, which comes without a reason.
    None,
    /// The last live check failed.
    FailedCheck(&'a ApiError),
    /// The `validate_error` of the list (`GET /external-auth`).
    ValidateError(&'a str),
}

impl StateReason<'_> {
    /// The words, redacted; empty where there are none.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::None => String::new(),
            Self::FailedCheck(error) => error.to_string(),
            Self::ValidateError(error) => redact(error),
        }
    }
}
