use std::sync::Arc;

use external_auth_core::LinkHint;

/// Something that what runs for a session has to know. It is told at once, while
/// it happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SessionEvent {
    /// The session is gone.
    Ended,
    /// Another person is signed in: what runs for the person from before ends.
    AnotherPerson,
    /// Another tab says that a link may have changed.
    Hint(LinkHint),
    /// The link of this provider is being removed.
    Unlinking(Arc<str>),
}
