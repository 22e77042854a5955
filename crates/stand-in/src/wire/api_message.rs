use serde::Serialize;

/// The body of an error, and of a few other answers.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ApiMessage {
    pub(crate) message: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) detail: String,
}
