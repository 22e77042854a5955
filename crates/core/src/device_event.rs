use crate::wire::DeviceAuthorization;
use crate::{ApiError, DeviceAnswer, LinkEvidence, LinkVerdict, LockNews};

/// What happens to a [`DeviceFlow`](crate::DeviceFlow).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeviceEvent {
    /// Time has passed, the page has become visible, or the machine has woken
    /// up.
    Tick,
    /// Something happened to the polling lock.
    Lock(LockNews),
    /// The answer to [`DeviceEffect::RequestCode`](crate::DeviceEffect::RequestCode).
    CodeReceived(DeviceAuthorization),
    /// [`DeviceEffect::RequestCode`](crate::DeviceEffect::RequestCode) failed
    /// for this reason.
    CodeRefused(ApiError),
    /// The answer to [`DeviceEffect::Poll`](crate::DeviceEffect::Poll).
    PollAnswered(DeviceAnswer),
    /// The answer to [`DeviceEffect::Confirm`](crate::DeviceEffect::Confirm).
    Confirmed(LinkVerdict),
    /// Another tab says that the link may have changed.
    Hinted(LinkEvidence),
    /// The answer to [`DeviceEffect::ReadAfterHint`](crate::DeviceEffect::ReadAfterHint).
    HintRead(LinkVerdict),
    /// The person asks for a new code, after the flow has ended or after
    /// another tab has stopped.
    Renew,
    /// The person wants to link in this tab. The tab that links the same
    /// provider stops.
    TakeOver,
    /// The session has ended.
    SessionEnded,
    /// The dialog is closed. Nothing is shown or requested any longer.
    Close,
}
