use crate::{ApiError, ServerWords, redact};

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

/// [`StateReason`], to be kept. Its words are made when they are shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum KeptReason {
    /// The state has no such words.
    #[default]
    None,
    /// The last live check failed.
    FailedCheck(ApiError),
    /// The `validate_error` of the list.
    ValidateError(ServerWords),
}

impl KeptReason {
    /// The words, redacted; empty where there are none.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::None => String::new(),
            Self::FailedCheck(error) => error.to_string(),
            Self::ValidateError(error) => error.to_string(),
        }
    }
}

impl From<StateReason<'_>> for KeptReason {
    fn from(reason: StateReason<'_>) -> Self {
        match reason {
            StateReason::None => Self::None,
            StateReason::FailedCheck(error) => Self::FailedCheck(error.clone()),
            StateReason::ValidateError(error) => Self::ValidateError(ServerWords::new(error)),
        }
    }
}
