/// How a redirect flow in a window ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WindowEnd {
    /// The account is linked.
    Linked,
    /// The account was linked, and the provider refuses the link all the same.
    Unusable,
    /// The person asked for a look, and the link works. Whether it was linked
    /// again is not known.
    Works,
    /// The person gave up, or another flow took the place of this one.
    Cancelled,
    /// The session is gone.
    SignedOut,
    /// The deployment reports a failure in the window, in these words, redacted.
    Failed(String),
}

impl WindowEnd {
    /// Whether the window is closed. Without a session the person may be signing
    /// in there at this moment; then the return page reports, and the page reads
    /// again.
    #[must_use]
    pub fn closes_window(&self) -> bool {
        *self != Self::SignedOut
    }
}
