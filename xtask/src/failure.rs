//! Errors are sentences that say what to do next.

/// What every fallible function here returns.
pub(crate) type Result<T = ()> = std::result::Result<T, Failure>;

/// Why a task ended early.
#[derive(Debug)]
pub(crate) struct Failure {
    /// What a person reads. Empty when everything was said already.
    pub(crate) sentence: String,
    /// 1 when the work failed, 2 when the command line was not understood.
    pub(crate) exit_code: u8,
}

impl Failure {
    /// The work failed.
    pub(crate) fn new(sentence: impl Into<String>) -> Self {
        Self {
            sentence: sentence.into(),
            exit_code: 1,
        }
    }

    /// The command line asks for something that is not to be had.
    pub(crate) fn usage(sentence: impl Into<String>) -> Self {
        Self {
            sentence: sentence.into(),
            exit_code: 2,
        }
    }

    /// The work failed, and the reasons were printed already.
    pub(crate) fn reported() -> Self {
        Self::new(String::new())
    }
}

/// Turns another library's error into one of ours.
pub(crate) trait Explain<T> {
    /// Says what was being done when the error came: `doing` completes "could not …".
    fn explain(self, doing: impl FnOnce() -> String) -> Result<T>;
}

impl<T, E: std::fmt::Display> Explain<T> for std::result::Result<T, E> {
    fn explain(self, doing: impl FnOnce() -> String) -> Result<T> {
        self.map_err(|error| Failure::new(format!("could not {}: {error}", doing())))
    }
}
