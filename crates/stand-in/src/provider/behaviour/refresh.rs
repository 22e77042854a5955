use serde::{Deserialize, Serialize};

/// The answer of the token endpoint to a refresh.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Refresh {
    /// The refresh token decides.
    #[default]
    Ok,
    /// As if the refresh token had expired.
    InvalidGrant,
    /// As if the client were not allowed to refresh.
    UnauthorizedClient,
    /// As if refresh tokens were not supported.
    UnsupportedGrantType,
    /// As if the client secret were wrong.
    InvalidClient,
    /// GitHub's error for an expired refresh token, with `200`.
    BadRefreshToken,
    /// GitHub's error for a wrong client secret, with `200`.
    IncorrectClientCredentials,
    /// `503`, with an OAuth error.
    TemporarilyUnavailable,
    /// `200` without a token.
    NoToken,
    /// `503`, with a page.
    Unavailable,
    /// No answer.
    Timeout,
    /// `refresh_status` and `refresh_body`.
    Error,
}
