use std::cell::RefCell;
use std::sync::Arc;

use external_auth_core::{ApiError, LinkHint, PersonNotice, RevocationWarning};

use super::ProviderRow;

/// Something that happened in a session. Nothing in it is secret.
///
/// The first group is told to pages that embed a view; the second group is for
/// the views and for the linking flows.
#[derive(Clone)]
pub enum SessionEvent {
    /// An account was linked, or linked again.
    Linked {
        /// The provider's id.
        provider: String,
        /// Whose account, where that is known.
        login: Option<String>,
    },
    /// A link was removed.
    Unlinked {
        /// The provider's id.
        provider: String,
        /// Whether the provider has revoked the token.
        revoked: bool,
    },
    /// A link was removed, and its token may still be valid.
    RevocationFailed(RevocationWarning),
    /// The session has ended. Sent once, until there is a session again.
    Unauthorized,
    /// A command did not do what it was given for.
    Failed {
        /// The provider's id, where it is about one.
        provider: Option<String>,
        /// Why.
        failure: FailedCommand,
    },

    /// The session has ended: what runs for it ends too. Sent with each `401`.
    Ended,
    /// Another person is signed in: what runs for the person from before ends,
    /// and what was said to them goes.
    PersonChanged,
    /// Another tab, or the return page, says that a link may have changed.
    LinkHint(LinkHint),
    /// The link of this provider is about to be removed.
    UnlinkBegins(Arc<str>),
    /// The rows change after this event, or change their places.
    RowsChange,
    /// A list that no person asked for changed these rows. The first view that
    /// shows a row takes it out.
    StatesChanged(RefCell<Vec<ProviderRow>>),
}

/// Why a command did not do what it was given for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FailedCommand {
    /// A request failed.
    Request(ApiError),
    /// The deployment refused the result of a redirect flow.
    Link {
        /// The provider's name.
        name: String,
    },
    /// Nothing was changed, because another person is signed in.
    AnotherPerson(PersonNotice),
}
