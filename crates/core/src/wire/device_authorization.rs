use std::fmt;

use serde::Serialize;

use super::{DecodeError, Fields, Json, Read};

/// The answer of `GET /external-auth/{id}/device` (RFC 8628 §3.2).
///
/// Coder turns a provider's JSON error into a success with empty fields, so
/// check [`has_code`](Self::has_code).
#[derive(Clone, PartialEq, Eq, Default, Serialize)]
pub struct DeviceAuthorization {
    /// A secret: never shown, logged, stored or put in a URL.
    pub device_code: String,
    /// What the person types at the provider.
    pub user_code: String,
    /// Where the person types it.
    pub verification_uri: String,
    /// Seconds until both codes end.
    pub expires_in: u64,
    /// Seconds between two polls; 0 or missing means 5 (RFC 8628 §3.2).
    pub interval: u64,
}

impl DeviceAuthorization {
    /// Whether the provider returned a code. Both codes are required (RFC 8628
    /// §3.2).
    #[must_use]
    pub fn has_code(&self) -> bool {
        !self.device_code.is_empty() && !self.user_code.is_empty()
    }
}

impl Read for DeviceAuthorization {
    fn read(json: Json) -> Result<Self, DecodeError> {
        let mut fields = Fields::of(json)?;
        Ok(Self {
            device_code: fields.secret("device_code"),
            user_code: fields.line("user_code"),
            verification_uri: fields.address("verification_uri"),
            expires_in: fields.unsigned("expires_in"),
            interval: fields.unsigned("interval"),
        })
    }
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
