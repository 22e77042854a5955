/// How a redirect flow in a window ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WindowEnd {
    /// The account is linked.
    Linked,
    /// The account was linked, but the provider refuses the link.
    Unusable,
    /// The person asked for a check, and the link works. It is not known
    /// whether it was linked again.
    Works,
    /// The person cancelled the flow, or another flow replaced it.
    Cancelled,
    /// The session has ended.
    SignedOut,
    /// The deployment reports a failure in the window. Contains its text,
    /// redacted.
    Failed(String),
}

impl WindowEnd {
    /// Whether the window is closed. Without a session, the person may be
    /// signing in there now. Then the return page reports, and the page reads
    /// again.
    #[must_use]
    pub fn closes_window(&self) -> bool {
        *self != Self::SignedOut
    }
}
