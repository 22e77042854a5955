use external_auth_core::Timestamp;
use external_auth_core::wire::{Read, decode};
use wasm_bindgen::JsValue;
use web_sys::Response;

use super::body::read_body;
use super::deployment::Deployment;

/// An answer as it came from the network, with its body.
pub(crate) struct Received {
    pub(super) response: Response,
    /// The body, or why it was cut off.
    pub(super) body: Result<String, JsValue>,
}

impl Received {
    /// Reads the body of an answer, up to `max_bytes`. The instant is when the
    /// answer arrived.
    pub(super) async fn read(
        response: Response,
        arrived_at: Timestamp,
        deployment: &Deployment,
        max_bytes: usize,
    ) -> Self {
        let date = response.headers().get("date");
        if let Ok(Some(date)) = date {
            deployment.record_date(&date, arrived_at);
        }
        Self {
            body: read_body(&response, max_bytes).await,
            response,
        }
    }

    /// What the answer says, if it is a success with the expected body.
    pub(super) fn expected<T: Read>(&self) -> Option<T> {
        let body = self.body.as_ref().ok().filter(|_| self.response.ok())?;
        decode(body).ok()
    }
}
