use serde::{Deserialize, Serialize};

/// The answer of the device authorization endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum DeviceCodeAnswer {
    /// A code.
    #[default]
    Ok,
    /// An error with a description (RFC 6749 §5.2).
    Error,
    /// An error without a description, which is optional.
    BareError,
    /// `429`, with a text.
    RateLimited,
}
