use external_auth_core::{ApiError, SafeUrl};

use super::api_error;

/// What a card has to say about something that was done. It stays until it is
/// dismissed or until the next thing is done; a success goes by itself, and a
/// warning stays until it is dismissed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// How it is meant.
    pub tone: Tone,
    /// One or two sentences for a person.
    pub text: String,
    /// Redacted words of the server or the provider, folded away; may be empty.
    pub detail: String,
    /// Where the provider lists authorised applications, should the person
    /// have something to do there.
    pub url: Option<SafeUrl>,
}

/// How a [`Notice`] is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// It worked.
    Success,
    /// Worth knowing.
    Information,
    /// Something is left to do.
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

    /// What failed, and what the error says of it.
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
