use super::{DeviceLink, LinkOutcome};
use crate::session::Deferred;

/// How a link started.
pub(crate) enum LinkStart {
    /// The provider was being linked already, and that link continues.
    Joined(Deferred<LinkOutcome>),
    /// A window was opened, or the browser blocked it.
    Window(Deferred<LinkOutcome>),
    /// Another provider is being linked in a window. The link waits until the
    /// person chooses.
    Waiting(Deferred<LinkOutcome>),
    /// The device flow started, and needs a dialog.
    Device(DeviceLink, Deferred<LinkOutcome>),
}
