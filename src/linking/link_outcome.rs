use external_auth_core::ApiError;

/// What came of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum LinkOutcome {
    /// The account is linked.
    Linked {
        /// Who was linked before, where that is known.
        before: Option<String>,
        /// Who is linked now, where that is known.
        now: Option<String>,
    },
    /// The account was linked, and the provider refuses the link all the same.
    Unusable,
    /// The link works, and whether it was linked again is not known.
    Works,
    /// The person gave up, or closed the dialog.
    Cancelled {
        /// Whether a window is still open that only the person can close.
        window_left_open: bool,
    },
    /// The deployment reports a failure in the window, in these words, redacted.
    Failed(String),
    /// A redirect flow came back to this tab without a link.
    NotFinished,
    /// Another person is signed in by now, so nothing was changed.
    AnotherPerson,
    /// It could not be confirmed who is signed in, so nothing was changed.
    NotConfirmed(ApiError),
    /// The session is gone.
    SignedOut,
    /// Nothing is to be said: the link was not begun, its page is left, or what
    /// became of it is not known.
    Nothing,
}
