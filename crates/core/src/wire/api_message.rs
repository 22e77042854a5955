use serde::Serialize;

use super::{DecodeError, Fields, Json, Read};
use crate::limits::MAX_ITEMS;

/// The body of an error answer, and of a few others.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct ApiMessage {
    /// What happened. The only required field.
    pub message: String,
    /// The details; of any length.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub detail: String,
    /// Which fields of the request were at fault.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub validations: Vec<ValidationError>,
}

impl Read for ApiMessage {
    fn read(json: Json) -> Result<Self, DecodeError> {
        let mut fields = Fields::of(json)?;
        let message = fields.required_string("message")?;
        if message.is_empty() {
            return Err(DecodeError::new("no `message`"));
        }
        Ok(Self {
            message,
            detail: fields.text("detail"),
            validations: fields.list("validations", MAX_ITEMS),
        })
    }
}

/// A field of a request that the server refused.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct ValidationError {
    /// The field's name.
    pub field: String,
    /// What is wrong with it.
    pub detail: String,
}

impl Read for ValidationError {
    fn read(json: Json) -> Result<Self, DecodeError> {
        let mut fields = Fields::of(json)?;
        Ok(Self {
            field: fields.text("field"),
            detail: fields.text("detail"),
        })
    }
}
