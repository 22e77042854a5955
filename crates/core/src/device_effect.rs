use crate::{Acquire, LinkEvidence};

/// What a [`DeviceFlow`](crate::DeviceFlow) asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeviceEffect {
    /// Request the polling lock. Everything that happens to it is an event.
    AcquireLock(Acquire),
    /// Request a code: `GET /external-auth/{id}/device`.
    RequestCode,
    /// Ask whether the person has finished, with this secret code:
    /// `POST /external-auth/{id}/device`.
    Poll {
        /// Never shown, logged, stored or put into a URL.
        device_code: String,
    },
    /// Read whether the account was linked, before the flow ends: the answer to
    /// the poll that succeeded may have been lost. What was read is judged with
    /// this evidence ([`LinkVerdict::of`](crate::LinkVerdict::of)).
    Confirm(LinkEvidence),
    /// Read whether the account was linked, because another tab says so. What
    /// was read is judged with this evidence.
    ReadAfterHint(LinkEvidence),
    /// The flow is over without a link. Release the polling lock.
    ReleaseLock,
    /// The account is linked. Release the polling lock, and read the link.
    Finish {
        /// Whether the exchange was answered with `204`. Then no list was read
        /// since.
        exchanged: bool,
    },
    /// An exchange that was running when the dialog was closed has linked the
    /// account.
    FinishLate,
}
