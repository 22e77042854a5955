use external_auth_core::{ApiError, SafeUrl};

use super::api_error;

/// One or two sentences on a card that tell the result of a command. A notice
/// stays until the person dismisses it or starts the next command. A success
/// disappears automatically; a warning stays until it is dismissed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The severity.
    pub tone: Tone,
    /// One or two sentences.
    pub text: String,
    /// Redacted text of the server or the provider, folded away; may be empty.
    pub detail: String,
    /// Where the provider lists authorised applications, if the person should
    /// do something there.
    pub url: Option<SafeUrl>,
}

/// The severity of a [`Notice`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// It worked.
    Success,
    /// Good to know.
    Information,
    /// The person has something left to do.
    Warning,
    /// It did not work.
    Error,
}

impl Notice {
    /// A notice without details.
    #[must_use]
    pub fn new(tone: Tone, text: impl Into<String>) -> Self {
        Self {
            tone,
            text: text.into(),
            detail: String::new(),
            url: None,
        }
    }

    /// A failure: what failed, and why.
    #[must_use]
    pub fn error(what_failed: &str, error: &ApiError) -> Self {
        Self {
            tone: Tone::Error,
            text: format!("{what_failed} {}", api_error(error)),
            detail: error.to_string(),
            url: None,
        }
    }
}
