use serde::{Deserialize, Serialize};

/// The answer of `GET /external-auth/{id}/device`. A field that the provider
/// leaves out is empty or zero.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct DeviceAuthorization {
    pub(crate) device_code: String,
    pub(crate) user_code: String,
    pub(crate) verification_uri: String,
    /// Seconds.
    pub(crate) expires_in: i64,
    /// Seconds.
    pub(crate) interval: i64,
}
