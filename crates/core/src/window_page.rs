use crate::redact;
use crate::wire::{ApiMessage, decode};

/// The page that the window of a redirect flow is at. Only a page of our origin
/// can be read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WindowPage {
    /// Its path.
    pub path: String,
    /// Its text, where the page is a JSON document.
    pub json: Option<String>,
}

impl WindowPage {
    /// What the deployment says of a failure, redacted: on failure its callback
    /// answers with the JSON of an error, which the browser then shows.
    pub(crate) fn failure(&self) -> Option<String> {
        let message: ApiMessage = decode(self.json.as_ref()?).ok()?;
        Some(redact(&format!("{} {}", message.message, message.detail)))
    }
}
