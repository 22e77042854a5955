use std::cell::RefCell;
use std::sync::Arc;

use external_auth_core::{ApiError, CookieMismatch, LinkHint, PersonNotice, RevocationWarning};

use super::ProviderRow;

/// Something that happened in a session. Nothing in it is secret.
///
/// The first group is for pages that embed a view. The second group is for
/// the views and for the linking flows.
#[derive(Clone)]
pub enum SessionEvent {
    /// An account was linked, or linked again.
    Linked {
        /// The provider's id.
        provider: String,
        /// The login of the account, if it is known.
        login: Option<String>,
    },
    /// A link was removed.
    Unlinked {
        /// The provider's id.
        provider: String,
        /// Whether the provider has revoked the token.
        revoked: bool,
    },
    /// A link was removed, but its token may still be valid.
    RevocationFailed(RevocationWarning),
    /// The session has ended. Sent once until there is a session again.
    Unauthorized,
    /// A command failed.
    Failed {
        /// The provider's id, if the command is about one.
        provider: Option<String>,
        /// The reason.
        failure: FailedCommand,
    },

    /// The session has ended. What runs for it ends too. Sent with each `401`.
    Ended,
    /// Another person is signed in. What runs for the previous person ends, and
    /// their notices are removed.
    PersonChanged,
    /// Another tab, or the return page, says that a link may have changed.
    LinkHint(LinkHint),
    /// The link of this provider is about to be removed.
    UnlinkBegins(Arc<str>),
    /// The rows change or move after this event.
    RowsChange,
    /// The browser came back to this tab from a redirect flow for the provider
    /// with this id. The first view that shows the provider takes it out.
    Returned(RefCell<Option<String>>),
    /// A list that was loaded automatically changed these rows. The first view
    /// that shows a row takes it out.
    StatesChanged(RefCell<Vec<ProviderRow>>),
}

/// Why a command failed.
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
    /// A redirect flow was not started, because it would have run for another
    /// person than the session token's.
    AnotherCookie {
        /// The provider's name.
        name: String,
        /// What differs.
        mismatch: CookieMismatch,
    },
}
