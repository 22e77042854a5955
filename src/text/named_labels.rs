//! The accessible names of buttons and links whose label alone does not say what
//! they are about. Each contains the label that is seen (WCAG 2.2, 2.5.3).

use external_auth_core::InstallationCount;

/// The link to the settings of the app for an account.
#[must_use]
pub fn configure(login: &str) -> String {
    format!("Configure {login}")
}

/// The link that installs the app for one more account.
#[must_use]
pub fn install_more(provider: &str) -> String {
    format!("Install for another account at {provider}")
}

/// The button that shows all accounts where the app is installed.
#[must_use]
pub fn show_all_accounts(count: InstallationCount, provider: &str) -> String {
    match count {
        InstallationCount::Exactly(count) => format!("Show all {count} accounts at {provider}"),
        InstallationCount::AtLeast(count) => {
            format!("Show the first {count} accounts at {provider}")
        }
    }
}

/// The button that shows some of these accounts.
#[must_use]
pub fn show_fewer_accounts(provider: &str) -> String {
    format!("Show fewer accounts at {provider}")
}

/// The button that copies the details about a provider, or about what is beside it.
#[must_use]
pub fn copy_details(provider: &str) -> String {
    if provider.is_empty() {
        super::button::COPY_DETAILS.to_owned()
    } else {
        format!("Copy details of {provider}")
    }
}

/// The button that dismisses the warning about a token.
#[must_use]
pub fn dismiss_warning(provider: &str) -> String {
    format!("Dismiss warning about {provider}")
}
