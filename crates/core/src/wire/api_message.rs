use serde::{Deserialize, Serialize};

use super::lenient;

/// The body of an error answer, and of a few others.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ApiMessage {
    /// What happened. The one field that must be there.
    #[serde(deserialize_with = "lenient::identity")]
    pub message: String,
    /// Why, for someone who looks closer; of any length.
    #[serde(
        default,
        skip_serializing_if = "String::is_empty",
        deserialize_with = "lenient::string"
    )]
    pub detail: String,
    /// Which fields of the request were at fault.
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "lenient::list"
    )]
    pub validations: Vec<ValidationError>,
}

/// A field of a request that the server refused.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ValidationError {
    /// The field's name.
    #[serde(default, deserialize_with = "lenient::string")]
    pub field: String,
    /// What is wrong with it.
    #[serde(default, deserialize_with = "lenient::string")]
    pub detail: String,
}
