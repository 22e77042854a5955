/// What else than the answers of the API tells whether an account was linked
/// since a flow began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LinkEvidence {
    /// Nothing. A window that seems closed, a focus and a message of another
    /// tab are reasons to read, and prove nothing.
    #[default]
    None,
    /// The redirect flow came back: our return page reports it, or the window
    /// is at the deployment's own page behind the callback. The deployment
    /// sends the browser there only after it has stored the new tokens.
    ReturnPage,
    /// The exchange of the device code was answered with `204`.
    Exchanged,
    /// The provider refused the device code, or the code has expired.
    Refused,
}
