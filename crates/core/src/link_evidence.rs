/// The evidence, in addition to the answers of the API, that an account was
/// linked since a flow started.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LinkEvidence {
    /// No evidence. A window that seems closed, a focus and a message of
    /// another tab are reasons to read, and prove nothing.
    #[default]
    None,
    /// The redirect flow returned: our return page reports it, or the window is
    /// at the deployment's own page after the callback. The deployment sends
    /// the browser there only after it has stored the new tokens.
    ReturnPage,
    /// The exchange of the device code was answered with `204`.
    Exchanged,
    /// The provider refused the device code, or the code has expired.
    Refused,
}
