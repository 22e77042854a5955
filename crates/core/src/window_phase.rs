/// What the card of a provider shows of a redirect flow that runs in a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WindowPhase {
    /// The browser did not let the window open.
    Blocked,
    /// The person is at the provider, and the page looks now and then.
    Waiting {
        /// Whether the window seems to be closed; it may still be open.
        seems_closed: bool,
    },
    /// It took long: the person chooses whether to go on.
    StillWaiting,
}
