use serde::{Deserialize, Serialize};

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
