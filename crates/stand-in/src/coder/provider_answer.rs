use axum::http::{HeaderMap, StatusCode};
use serde_json::Value;

/// A provider's answer with its whole body.
#[derive(Debug)]
pub(crate) struct ProviderAnswer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl ProviderAnswer {
    /// The answer as an error text quotes it.
    pub(crate) fn quoted(&self) -> String {
        format!("status {}: body: {}", self.status.as_u16(), self.body)
    }

    /// The status with its reason, as Go writes it.
    pub(crate) fn status_line(&self) -> String {
        let name = self.status.canonical_reason().unwrap_or_default();
        format!("{} {name}", self.status.as_u16())
    }

    /// Go's error for a body that is not JSON from its first character on.
    pub(crate) fn json_error(&self) -> String {
        match self.body.trim_start().chars().next() {
            Some(first) => format!("invalid character {first:?} looking for beginning of value"),
            None => "unexpected end of JSON input".to_owned(),
        }
    }

    /// The body as JSON; null when it is not JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_default()
    }
}
