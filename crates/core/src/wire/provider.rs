use serde::{Deserialize, Serialize};

use super::lenient;

/// A provider that the deployment has configured.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Provider {
    /// Unique in the deployment, and part of URLs.
    #[serde(deserialize_with = "lenient::identity")]
    pub id: String,
    /// `github`, `gitlab`, …, or anything else; often empty or the id.
    #[serde(rename = "type", default, deserialize_with = "lenient::string")]
    pub kind: String,
    /// Whether accounts are linked by the device flow (RFC 8628).
    #[serde(default, deserialize_with = "lenient::boolean")]
    pub device: bool,
    /// The name for a person; may be empty.
    #[serde(default, deserialize_with = "lenient::string")]
    pub display_name: String,
    /// An address, a path on the deployment, or empty.
    #[serde(default, deserialize_with = "lenient::string")]
    pub display_icon: String,
    /// Whether the deployment refreshes expired tokens.
    #[serde(default, deserialize_with = "lenient::boolean")]
    pub allow_refresh: bool,
    /// Whether the deployment can ask the provider if a token is valid.
    #[serde(default, deserialize_with = "lenient::boolean")]
    pub allow_validate: bool,
    /// Whether a revocation address (RFC 7009) is configured.
    #[serde(default, deserialize_with = "lenient::boolean")]
    pub supports_revocation: bool,
    /// PKCE methods (RFC 7636), `S256` or `plain`.
    #[serde(default, deserialize_with = "lenient::list")]
    pub code_challenge_methods_supported: Vec<String>,
}
