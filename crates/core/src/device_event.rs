use crate::wire::DeviceAuthorization;
use crate::{ApiError, DeviceAnswer, LinkEvidence, LinkVerdict, LockNews};

/// What happens to a [`DeviceFlow`](crate::DeviceFlow).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeviceEvent {
    /// Time went by; or the page came into sight, or the machine woke up.
    Tick,
    /// What became of the right to poll.
    Lock(LockNews),
    /// The answer to [`DeviceEffect::RequestCode`](crate::DeviceEffect::RequestCode).
    CodeReceived(DeviceAuthorization),
    /// There is no answer to
    /// [`DeviceEffect::RequestCode`](crate::DeviceEffect::RequestCode), for this
    /// reason.
    CodeRefused(ApiError),
    /// The answer to [`DeviceEffect::Poll`](crate::DeviceEffect::Poll).
    PollAnswered(DeviceAnswer),
    /// The answer to [`DeviceEffect::Confirm`](crate::DeviceEffect::Confirm).
    Confirmed(LinkVerdict),
    /// Another tab says that the link may have changed.
    Hinted(LinkEvidence),
    /// The answer to [`DeviceEffect::ReadAfterHint`](crate::DeviceEffect::ReadAfterHint).
    HintRead(LinkVerdict),
    /// The person asks for a new code, after an end or instead of a tab that
    /// stopped.
    Renew,
    /// The person wants to link here, instead of in the tab that links the same
    /// provider.
    TakeOver,
    /// The session is gone.
    SessionEnded,
    /// The dialog is closed: nothing is shown any more, and nothing asked.
    Close,
}
