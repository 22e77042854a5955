use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::Value;

/// Reads the body of an answer.
///
/// # Errors
///
/// When the text is not JSON, or not of the shape that `T` needs at the least.
pub fn decode<T: DeserializeOwned>(body: &str) -> Result<T, DecodeError> {
    // By way of `Value`, so that `T` is compiled for one deserializer.
    let value: Value =
        serde_json::from_str(body).map_err(|error| DecodeError(error.to_string()))?;
    T::deserialize(value).map_err(|error| DecodeError(error.to_string()))
}

/// Why a body could not be read, in the parser's words: for an operator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeError(String);

impl fmt::Display for DecodeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for DecodeError {}
