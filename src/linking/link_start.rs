use super::{DeviceLink, LinkEnd};

/// How a link started.
pub(crate) enum LinkStart {
    /// The provider was being linked already, and that link continues.
    Joined(LinkEnd),
    /// A window was opened, or the browser blocked it.
    Window(LinkEnd),
    /// Another provider is being linked in a window. The link waits until the
    /// person chooses.
    Waiting(LinkEnd),
    /// The device flow started, and needs a dialog.
    Device(DeviceLink, LinkEnd),
}
