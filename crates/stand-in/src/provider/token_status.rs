use serde::{Deserialize, Serialize};

/// The status of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum TokenStatus {
    /// Valid until it expires.
    Active,
    /// Revoked by its user or by the client.
    Revoked,
    /// Its refresh token was used; another token replaces it.
    Replaced,
}
