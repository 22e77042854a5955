use external_auth_core::{ApiErrorKind, DeviceAnswer, DeviceEvent};

use super::LinkOutcome;
use super::baseline::Baseline;
use super::running_device::RunningDevice;
use crate::session::PersonCheck;

impl RunningDevice {
    /// Requests a device code (RFC 8628 §3.1), if the same person is still
    /// signed in.
    pub(super) async fn request_code(&self) -> Option<DeviceEvent> {
        let Baseline { session, row, .. } = &self.baseline;
        let authorization = match self.person.get().confirm(false).await {
            PersonCheck::Same => session.client().device_authorization(&row.id).await,
            PersonCheck::Other | PersonCheck::Mismatch(_) => return self.find_another_person(),
            PersonCheck::Unknown(error) => Err(error),
        };
        Some(match authorization {
            Ok(authorization) => {
                let address = authorization.verification_uri.clone();
                row.set_verification_uri(address);
                DeviceEvent::CodeReceived(authorization)
            }
            Err(error) => {
                if !session.is_gone() {
                    session.notice_session_end(&error);
                }
                if error.kind == ApiErrorKind::Unauthorized {
                    DeviceEvent::SessionEnded
                } else {
                    DeviceEvent::CodeRefused(error)
                }
            }
        })
    }

    /// Exchanges the device code once (RFC 8628 §3.4), if the flow still wants
    /// the answer and the same person is still signed in.
    pub(super) async fn poll(&self, device_code: &str) -> Option<DeviceEvent> {
        let Baseline { session, row, .. } = &self.baseline;
        let person = self.person.get();
        let attempt = self.attempt();
        let link = self.this.clone();
        let is_wanted = move || {
            let link = link.upgrade();
            link.is_some_and(|link| link.attempt() == attempt)
        };
        let (may_send, not_confirmed) = person.gate(is_wanted);
        let client = session.client();
        let answer = client.exchange_device_code(&row.id, device_code, &may_send);
        let answer = match (answer.await, not_confirmed.take()) {
            (None, _) if !person.is_still_there() => return self.find_another_person(),
            // The answer is for a person who is no longer signed in.
            (Some(_), _) if !person.is_still_there() => return None,
            (Some(answer), _) => answer,
            // It is not known who is signed in. The flow treats this like a poll
            // that nobody answers.
            (None, Some(error)) => DeviceAnswer::of_failure(&error, "", device_code),
            (None, None) => return None,
        };
        if !session.is_gone() {
            session.notice_proxy();
            if answer == DeviceAnswer::Unauthorized {
                session.end_session();
            }
        }
        Some(DeviceEvent::PollAnswered(answer))
    }

    fn find_another_person(&self) -> Option<DeviceEvent> {
        self.baseline.end(&self.end, LinkOutcome::AnotherPerson);
        None
    }
}
