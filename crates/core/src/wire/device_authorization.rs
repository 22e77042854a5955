use std::fmt;

use serde::{Deserialize, Serialize};

use super::lenient;

/// The answer of `GET /external-auth/{id}/device` (RFC 8628 §3.2).
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct DeviceAuthorization {
    /// A secret: never shown, logged, stored or put in a URL.
    #[serde(deserialize_with = "lenient::identity")]
    pub device_code: String,
    /// What the person types at the provider.
    #[serde(default, deserialize_with = "lenient::string")]
    pub user_code: String,
    /// Where the person types it.
    #[serde(default, deserialize_with = "lenient::string")]
    pub verification_uri: String,
    /// Seconds until both codes end.
    #[serde(default, deserialize_with = "lenient::unsigned")]
    pub expires_in: u64,
    /// Seconds between two polls; 0 or missing means 5 (RFC 8628 §3.2).
    #[serde(default, deserialize_with = "lenient::unsigned")]
    pub interval: u64,
}

/// Without the device code.
impl fmt::Debug for DeviceAuthorization {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("DeviceAuthorization")
            .field("user_code", &self.user_code)
            .field("verification_uri", &self.verification_uri)
            .field("expires_in", &self.expires_in)
            .field("interval", &self.interval)
            .finish_non_exhaustive()
    }
}
