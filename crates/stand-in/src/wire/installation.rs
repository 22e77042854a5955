use serde::{Deserialize, Serialize};

use super::Account;

/// An installation of an app: `installations[]` of `GET /external-auth/{id}`.
/// The control routes take it too.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Installation {
    pub(crate) id: u64,
    pub(crate) account: Option<Account>,
    pub(crate) configure_url: String,
}
