use serde::{Deserialize, Serialize};

/// The answer of the revocation endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Revoke {
    /// Revokes the token.
    #[default]
    Ok,
    /// Revokes nothing, and answers `revoke_status` and `revoke_body`.
    Error,
    /// Revokes nothing. The deployment says neither that the token was revoked
    /// nor why not.
    Silent,
    /// Revokes nothing, and does not answer.
    Timeout,
}
