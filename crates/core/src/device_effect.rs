use crate::{Acquire, LinkEvidence};

/// What a [`DeviceFlow`](crate::DeviceFlow) asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeviceEffect {
    /// Ask for the right to poll. What becomes of it is an event, every time.
    AcquireLock(Acquire),
    /// Ask for a code: `GET /external-auth/{id}/device`.
    RequestCode,
    /// Ask whether the person has finished, with this secret code:
    /// `POST /external-auth/{id}/device`.
    Poll {
        /// Never shown, logged, stored or put in a URL.
        device_code: String,
    },
    /// Read whether the account was linked, before an end is called one: the
    /// answer to the poll that succeeded may have been lost. What was read is
    /// judged with this evidence ([`LinkVerdict::of`](crate::LinkVerdict::of)).
    Confirm(LinkEvidence),
    /// Read whether the account was linked, because another tab says so. What
    /// was read is judged with this evidence.
    ReadAfterHint(LinkEvidence),
    /// The flow is over without a link: give the right to poll back.
    ReleaseLock,
    /// The account is linked: give the right to poll back, and read the link.
    Finish {
        /// Whether the exchange was answered with `204`: no list was read since.
        exchanged: bool,
    },
    /// An exchange that was on its way when the dialog was closed has linked the
    /// account all the same.
    FinishLate,
}
