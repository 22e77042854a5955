use serde::{Deserialize, Serialize};

/// How the token endpoint answers errors to a poll of the device flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum DeviceErrors {
    /// With status 200, as GitHub; Coder passes only the error code on.
    #[default]
    Plain,
    /// With status 400 (RFC 6749 §5.2); Coder wraps it in a long text.
    Wrapped,
}
