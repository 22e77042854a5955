use std::fmt;

use super::{Json, Read};

/// Reads the body of an answer.
///
/// # Errors
///
/// When the text is not JSON, or lacks what `T` requires.
pub fn decode<T: Read>(body: &str) -> Result<T, DecodeError> {
    T::read(Json::parse(body)?)
}

/// Why a body could not be read, for an operator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeError(String);

impl DecodeError {
    pub(super) fn new(words: impl Into<String>) -> Self {
        Self(words.into())
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for DecodeError {}
