use std::time::Duration;

use external_auth_core::wire::{DeviceAuthorization, DeviceExchange};
use external_auth_core::{ApiError, DeviceAnswer, routes};
use gloo_net::http::Method;

use super::Client;
use super::change::{Change, MaySend};
use super::get::unexpected;
use super::request::OnDrop;

/// Short, because a poll that hangs uses up the lifetime of the code.
const POLL_TIMEOUT: Duration = Duration::from_secs(20);

impl Client {
    /// `GET /external-auth/{id}/device`: requests a device code (RFC 8628
    /// §3.1). Dropping the future aborts the request.
    ///
    /// # Errors
    ///
    /// When the deployment returns no code.
    pub async fn device_authorization(&self, id: &str) -> Result<DeviceAuthorization, ApiError> {
        let path = routes::device(id);
        self.read(&path).await
    }

    /// `POST /external-auth/{id}/device`: polls whether the person has finished
    /// at the provider (RFC 8628 §3.4). A failure is an answer too. Returns
    /// none if `may_send` refuses: then nothing was sent.
    pub async fn exchange_device_code(
        &self,
        id: &str,
        device_code: &str,
        may_send: MaySend<'_>,
    ) -> Option<DeviceAnswer> {
        let path = routes::device(id);
        let body = DeviceExchange {
            device_code: device_code.to_owned(),
        };
        let failed =
            |error: &ApiError, body: &str| DeviceAnswer::of_failure(error, body, device_code);
        let Ok(json) = serde_json::to_string(&body) else {
            return Some(DeviceAnswer::Refused(String::new()));
        };
        let poll = Change {
            method: Method::POST,
            path: &path,
            json: Some(&json),
            timeout: POLL_TIMEOUT,
            // A poll that hangs must not overlap with the next one.
            on_drop: OnDrop::Abort,
        };
        Some(match self.change(poll, may_send).await? {
            Err(error) => failed(&error, ""),
            Ok(answer) if answer.status == 204 => {
                self.deployment.record_answer();
                DeviceAnswer::Linked
            }
            Ok(answer) => {
                let name = format!("POST {path}");
                let body = answer.body.clone();
                match answer.into_success(&name) {
                    // This does not come from Coder. The code may have been
                    // exchanged nevertheless: the next poll decides.
                    Ok(answer) => {
                        let error = unexpected(&self.deployment, &name, &answer, "204 was due");
                        failed(&error, "")
                    }
                    Err(error) => failed(&error, &body),
                }
            }
        })
    }
}
