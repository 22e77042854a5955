use crate::{LinkVerdict, SafeUrl, WindowPage};

/// What happens to a [`WindowFlow`](crate::WindowFlow).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WindowEvent {
    /// Time has passed.
    Tick {
        /// Whether the page is visible.
        visible: bool,
        /// Whether the window seems to be closed; it may still be open.
        seems_closed: bool,
    },
    /// The window shows this page of our origin. Sent each time the window is
    /// checked.
    At(WindowPage),
    /// Our return page reports that the flow returned.
    Returned,
    /// Another tab says that the link may have changed.
    Hinted,
    /// The person returned to this page.
    Focused {
        /// Whether the window seems to be closed; it may still be open.
        seems_closed: bool,
    },
    /// The person asks for a check.
    CheckNow,
    /// The answer to [`WindowEffect::ReadLive`](crate::WindowEffect::ReadLive)
    /// and [`WindowEffect::ReadList`](crate::WindowEffect::ReadList).
    Read(LinkVerdict),
    /// The answer to
    /// [`WindowEffect::ReadAccessUrl`](crate::WindowEffect::ReadAccessUrl):
    /// this page at the deployment's address, if that is another address.
    ReadElsewhere(Option<SafeUrl>),
    /// The person wants to continue to wait.
    KeepWaiting,
    /// The person cancels the flow.
    Cancel,
    /// The session has ended.
    SessionEnded,
}
