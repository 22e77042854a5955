use serde::Serialize;

use super::{Account, Installation};

/// The answer of `GET /external-auth/{id}`.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct ExternalAuth {
    pub(crate) authenticated: bool,
    pub(crate) device: bool,
    pub(crate) display_name: String,
    pub(crate) supports_revocation: bool,
    /// `null` when the account is not known.
    pub(crate) user: Option<Account>,
    pub(crate) app_installable: bool,
    pub(crate) installations: Vec<Installation>,
    pub(crate) app_install_url: String,
}
