use serde::{Deserialize, Serialize};

/// How the deployment revokes a token at a provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum RevocationStyle {
    /// `POST` of the token (RFC 7009).
    #[default]
    Rfc7009,
    /// `DELETE` of the grant, by GitHub's API.
    Github,
}
