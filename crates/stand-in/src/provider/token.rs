use external_auth_core::Timestamp;

use super::TokenStatus;

/// An access token with its refresh token.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    pub(crate) login: String,
    pub(crate) access: String,
    pub(crate) refresh: Option<String>,
    pub(crate) expires: Option<Timestamp>,
    pub(crate) issued: Timestamp,
    pub(crate) status: TokenStatus,
    /// The authorization code that it was issued for, if any.
    pub(crate) code: Option<String>,
}
