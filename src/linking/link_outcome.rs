use external_auth_core::{ApiError, CookieMismatch};

/// The result of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum LinkOutcome {
    /// The account is linked.
    Linked {
        /// The login that was linked before, if it is known.
        before: Option<String>,
        /// The login that is linked now, if it is known.
        now: Option<String>,
    },
    /// The account was linked, but the provider refuses the link.
    Unusable,
    /// The link works, but it is not known whether it was linked again.
    Works,
    /// The person cancelled the link, or closed the dialog.
    Cancelled {
        /// Whether a window is still open that only the person can close.
        window_left_open: bool,
    },
    /// The deployment reports a failure in the window. Contains its text,
    /// redacted.
    Failed(String),
    /// A redirect flow came back to this tab without a link.
    NotFinished,
    /// Another person is signed in now, so nothing was changed.
    AnotherPerson,
    /// It could not be confirmed who is signed in, so nothing was changed.
    NotConfirmed(ApiError),
    /// The redirect flow would have run for another person than the session
    /// token's, so it was not started.
    AnotherCookie(CookieMismatch),
    /// The session is gone.
    SignedOut,
    /// There is nothing to tell: the link was not started, its page is gone, or
    /// its result is not known.
    Nothing,
}

impl LinkOutcome {
    /// Whether the account is linked.
    pub(crate) fn is_linked(&self) -> bool {
        matches!(self, Self::Linked { .. })
    }
}
