use serde::Deserialize;

/// The body of `POST /external-auth/{id}/device`.
#[derive(Deserialize)]
pub(crate) struct DeviceExchange {
    pub(crate) device_code: String,
}
