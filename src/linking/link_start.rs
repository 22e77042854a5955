use super::{DeviceLink, LinkEnd};

/// How a link began.
pub(crate) enum LinkStart {
    /// The provider was being linked already; its link goes on.
    Joined(LinkEnd),
    /// A window was opened, or blocked.
    Window(LinkEnd),
    /// Another provider is being linked in a window: the person chooses.
    Waits(LinkEnd),
    /// The device flow began, which wants a dialog.
    Device(DeviceLink, LinkEnd),
}
