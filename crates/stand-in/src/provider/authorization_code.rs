use external_auth_core::Timestamp;

/// An authorization code (RFC 6749 §1.3.1).
#[derive(Debug, Clone)]
pub(crate) struct AuthorizationCode {
    pub(crate) login: String,
    /// The S256 code challenge (RFC 7636 §4.2).
    pub(crate) challenge: Option<String>,
    pub(crate) expires_at: Timestamp,
    pub(crate) used: bool,
}
