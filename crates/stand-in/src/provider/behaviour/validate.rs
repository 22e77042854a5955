use serde::{Deserialize, Serialize};

/// The answer of the user endpoint, which validates a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Validate {
    /// The access token decides.
    #[default]
    Ok,
    /// As if the token were revoked.
    Revoked,
    /// A rate limit.
    RateLimited,
    /// `503`, with a page.
    Unavailable,
    /// `validate_status` and `validate_body`.
    Error,
}
