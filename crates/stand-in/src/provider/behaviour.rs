use serde::{Deserialize, Serialize};

/// The behaviour of a provider that tests can change.
#[derive(Debug, Clone)]
pub(crate) struct Behaviour {
    pub(crate) validate: Validate,
    /// The status of `Validate::Error`.
    pub(crate) validate_status: u16,
    pub(crate) validate_body: String,
    /// The status of the installations; other than 200 with a page.
    pub(crate) installations_status: u16,
    pub(crate) refresh: Refresh,
    /// The status of a refresh that fails; the usual one of the failure when none.
    pub(crate) refresh_status: Option<u16>,
    /// The body of `Refresh::Error`.
    pub(crate) refresh_body: Option<String>,
    pub(crate) revoke: Revoke,
    /// The status of `Revoke::Error`.
    pub(crate) revoke_status: u16,
    pub(crate) revoke_body: String,
    pub(crate) consent: ConsentPage,
    pub(crate) opener_policy: OpenerPolicy,
    pub(crate) device_code: DeviceCodeAnswer,
    pub(crate) device_errors: DeviceErrors,
    /// The `interval` of the device flow, in seconds.
    pub(crate) interval: Option<u64>,
    /// The lifetime of a device code, in seconds.
    pub(crate) expires_in: u64,
    /// The number of polls that get `slow_down` although they are in time.
    pub(crate) slow_down: u32,
}

impl Default for Behaviour {
    fn default() -> Self {
        Self {
            validate: Validate::default(),
            validate_status: 502,
            validate_body: ERROR_PAGE.to_owned(),
            installations_status: 200,
            refresh: Refresh::default(),
            refresh_status: None,
            refresh_body: None,
            revoke: Revoke::default(),
            revoke_status: 502,
            revoke_body: ERROR_PAGE.to_owned(),
            consent: ConsentPage::default(),
            opener_policy: OpenerPolicy::default(),
            device_code: DeviceCodeAnswer::default(),
            device_errors: DeviceErrors::default(),
            interval: Some(5),
            expires_in: 900,
            slow_down: 0,
        }
    }
}

/// The page of a proxy before a provider that is down.
pub(crate) const ERROR_PAGE: &str = "<!DOCTYPE html>\n<html>\n<head><title>502 Bad Gateway</title></head>\n<body>\n<h1>502 Bad Gateway</h1>\n<p>The server could not reach the application. <a href=\"https://status.example.com/\">Status page</a></p>\n</body>\n</html>\n";

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

/// Whether the authorization endpoint asks the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ConsentPage {
    /// It shows the consent page.
    #[default]
    Ask,
    /// It redirects at once with a code, as providers do for an app that is
    /// already authorised.
    Skip,
    /// It redirects at once with a refusal.
    Deny,
}

/// The answer of the device authorization endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum DeviceCodeAnswer {
    /// A code.
    #[default]
    Ok,
    /// An error with a description (RFC 6749 §5.2).
    Error,
    /// An error without a description, which is optional.
    BareError,
    /// `429`, with a text.
    RateLimited,
}

/// How the token endpoint answers errors to a poll of the device flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum DeviceErrors {
    /// With status 200, as GitHub; Coder passes only the error code on.
    #[default]
    Plain,
    /// With status 400 (RFC 6749 §5.2); Coder wraps it in a long text.
    Wrapped,
}

/// The `Cross-Origin-Opener-Policy` of the provider's pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum OpenerPolicy {
    /// The header is not sent.
    #[default]
    UnsafeNone,
    /// The page has no access to the window that opened it.
    SameOrigin,
}
