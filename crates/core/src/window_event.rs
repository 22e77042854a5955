use crate::{LinkVerdict, SafeUrl, WindowPage};

/// What happens to a [`WindowFlow`](crate::WindowFlow).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WindowEvent {
    /// Time went by.
    Tick {
        /// Whether the page is in sight.
        visible: bool,
        /// Whether the window seems to be closed; it may still be open.
        seems_closed: bool,
    },
    /// The window is at this page of our origin. Sent as often as the window is
    /// looked at.
    At(WindowPage),
    /// Our return page reports that the flow came back.
    Returned,
    /// Another tab says that the link may have changed.
    Hinted,
    /// The person came back to this page.
    Focused {
        /// Whether the window seems to be closed; it may still be open.
        seems_closed: bool,
    },
    /// The person asks for a look.
    LookNow,
    /// The answer to [`WindowEffect::ReadLive`](crate::WindowEffect::ReadLive)
    /// and [`WindowEffect::ReadList`](crate::WindowEffect::ReadList).
    Read(LinkVerdict),
    /// The answer to [`WindowEffect::ReadAccessUrl`](crate::WindowEffect::ReadAccessUrl):
    /// this page at the deployment's address, where that is another one.
    ReadElsewhere(Option<SafeUrl>),
    /// The person wants to wait on.
    KeepWaiting,
    /// The person gives up.
    Cancel,
    /// The session is gone.
    SessionEnded,
}
