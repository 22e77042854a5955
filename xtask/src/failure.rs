//! Errors are sentences that say what to do next.

/// The result of every fallible function in this program.
pub(crate) type Result<T = ()> = std::result::Result<T, Failure>;

/// The reason why a task ended early.
#[derive(Debug)]
pub(crate) struct Failure {
    /// The sentence for a person. Empty when the reasons were already printed.
    pub(crate) sentence: String,
    /// 1 when the work failed, 2 when the command line is wrong.
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

    /// The command line is wrong.
    pub(crate) fn usage(sentence: impl Into<String>) -> Self {
        Self {
            sentence: sentence.into(),
            exit_code: 2,
        }
    }

    /// The work failed, and the reasons were already printed.
    pub(crate) fn reported() -> Self {
        Self::new(String::new())
    }
}

/// Turns another library's error into one of ours.
pub(crate) trait Explain<T> {
    /// Says what failed: `doing` completes "could not …".
    fn explain(self, doing: impl FnOnce() -> String) -> Result<T>;
}

impl<T, E: std::fmt::Display> Explain<T> for std::result::Result<T, E> {
    fn explain(self, doing: impl FnOnce() -> String) -> Result<T> {
        self.map_err(|error| Failure::new(format!("could not {}: {error}", doing())))
    }
}
