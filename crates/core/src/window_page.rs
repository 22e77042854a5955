use crate::redact;
use crate::wire::{ApiMessage, decode};

/// The page that the window of a redirect flow shows. Only a page of our
/// origin can be read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WindowPage {
    /// The path.
    pub path: String,
    /// The text, if the page is a JSON document.
    pub json: Option<String>,
}

impl WindowPage {
    /// The deployment's message about a failure, redacted. On failure its
    /// callback answers with the JSON of an error, which the browser shows.
    pub(crate) fn failure(&self) -> Option<String> {
        let message: ApiMessage = decode(self.json.as_ref()?).ok()?;
        Some(redact(&format!("{} {}", message.message, message.detail)))
    }
}
