use serde::{Deserialize, Serialize};

/// How a provider behaves, beyond what the standards say.
#[derive(Debug, Clone)]
pub(crate) struct Behaviour {
    pub(crate) validate: Validate,
    /// The answer of the user API that fails by `Validate::Error`.
    pub(crate) validate_status: u16,
    pub(crate) validate_body: String,
    /// With what the installations are answered; other than 200 with a page.
    pub(crate) installations_status: u16,
    pub(crate) refresh: Refresh,
    /// The status of a refresh that fails; that of the failure when none.
    pub(crate) refresh_status: Option<u16>,
    /// The body of a refresh that fails by `Refresh::Error`.
    pub(crate) refresh_body: Option<String>,
    pub(crate) revoke: Revoke,
    /// The answer of a revocation that fails.
    pub(crate) revoke_status: u16,
    pub(crate) revoke_body: String,
    pub(crate) consent: ConsentPage,
    pub(crate) opener_policy: OpenerPolicy,
    pub(crate) device_code: DeviceCodeAnswer,
    pub(crate) device_errors: DeviceErrors,
    /// Seconds between two polls of the device flow, as it says them.
    pub(crate) interval: Option<u64>,
    /// Seconds for which a device code lives.
    pub(crate) expires_in: u64,
    /// How many polls that are in time get `slow_down` all the same.
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

/// What a proxy before a provider says when the provider is down.
pub(crate) const ERROR_PAGE: &str = "<!DOCTYPE html>\n<html>\n<head><title>502 Bad Gateway</title></head>\n<body>\n<h1>502 Bad Gateway</h1>\n<p>The server could not reach the application. <a href=\"https://status.example.com/\">Status page</a></p>\n</body>\n</html>\n";

/// How the user endpoint answers, by which a token is validated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Validate {
    /// By the token.
    #[default]
    Ok,
    /// As if the token were revoked.
    Revoked,
    /// As if the user had asked too often.
    RateLimited,
    /// `503`, with a page.
    Unavailable,
    /// With `validate_status` and `validate_body`.
    Error,
}

/// How the token endpoint answers a refresh.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Refresh {
    /// By the refresh token.
    #[default]
    Ok,
    /// As if the refresh token had ended.
    InvalidGrant,
    /// As if the client may not refresh.
    UnauthorizedClient,
    /// As if it exchanged no refresh tokens.
    UnsupportedGrantType,
    /// As if the client's secret were wrong.
    InvalidClient,
    /// As GitHub where the refresh token has ended: with `200`.
    BadRefreshToken,
    /// As GitHub where the client's secret is wrong: with `200`.
    IncorrectClientCredentials,
    /// `503`, with an error of OAuth.
    TemporarilyUnavailable,
    /// A success, without a token.
    NoToken,
    /// `503`, with a page.
    Unavailable,
    /// Never.
    Timeout,
    /// With `refresh_status` and `refresh_body`.
    Error,
}

/// How the revocation endpoint answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Revoke {
    /// Revokes, and says so.
    #[default]
    Ok,
    /// Revokes nothing and answers `revoke_status` and `revoke_body`.
    Error,
    /// Revokes nothing; the deployment tells neither that it did nor why not.
    Silent,
    /// Revokes nothing and never answers.
    Timeout,
}

/// Whether a person is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ConsentPage {
    /// Each time.
    #[default]
    Ask,
    /// Never: sends the browser back at once, as providers do for an app that
    /// is authorised already.
    Skip,
    /// Never: sends the browser back with a refusal.
    Deny,
}

/// How the device authorization endpoint answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum DeviceCodeAnswer {
    /// With a code.
    #[default]
    Ok,
    /// With an error and its description, as RFC 6749 §5.2 has it.
    Error,
    /// With an error without a description, which is optional there.
    BareError,
    /// As if the client had asked too often: `429`, with a text.
    RateLimited,
}

/// How the token endpoint says that a poll of the device flow brings nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum DeviceErrors {
    /// With status 200, as GitHub; Coder passes the error on by itself.
    #[default]
    Plain,
    /// With status 400, as RFC 6749 §5.2 has it; Coder wraps it in a long text.
    Wrapped,
}

/// The `Cross-Origin-Opener-Policy` of the provider's pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum OpenerPolicy {
    /// None is sent.
    #[default]
    UnsafeNone,
    /// Cuts the tie to the window that opened the page.
    SameOrigin,
}
