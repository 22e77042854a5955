//! What tests can change about the answers of a provider.

mod consent_page;
mod device_code_answer;
mod device_errors;
mod opener_policy;
mod refresh;
mod revoke;
mod validate;

pub(crate) use consent_page::ConsentPage;
pub(crate) use device_code_answer::DeviceCodeAnswer;
pub(crate) use device_errors::DeviceErrors;
pub(crate) use opener_policy::OpenerPolicy;
pub(crate) use refresh::Refresh;
pub(crate) use revoke::Revoke;
pub(crate) use validate::Validate;

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
