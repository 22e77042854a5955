use std::fmt;

use serde::{Deserialize, Serialize};

/// The body of `POST /external-auth/{id}/device`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceExchange {
    /// A secret: never shown, logged, stored or put in a URL.
    pub device_code: String,
}

/// Without the device code.
impl fmt::Debug for DeviceExchange {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("DeviceExchange")
            .finish_non_exhaustive()
    }
}
