use external_auth_core::Timestamp;

/// An authorization request that waits for the person's decision.
#[derive(Debug, Clone)]
pub(crate) struct Consent {
    pub(crate) state: String,
    /// The S256 code challenge (RFC 7636 §4.2).
    pub(crate) challenge: Option<String>,
    pub(crate) expires_at: Timestamp,
}
