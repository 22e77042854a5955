/// What the card of a provider shows of a redirect flow that runs in a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WindowPhase {
    /// The browser blocked the window.
    Blocked,
    /// The person is at the provider, and the page checks from time to time.
    Waiting {
        /// Whether the window seems to be closed; it may still be open.
        seems_closed: bool,
    },
    /// A long time has passed. The person chooses whether to continue.
    StillWaiting,
}

impl WindowPhase {
    /// Whether the person is at the provider, as far as that is known. Otherwise
    /// they may open another window.
    #[must_use]
    pub fn is_open(self) -> bool {
        let open = Self::Waiting {
            seems_closed: false,
        };
        self == open
    }
}
