use serde::{Deserialize, Serialize};

use super::{Account, lenient};

/// A place where the provider's app is installed (GitHub Apps).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Installation {
    /// The provider's number for the installation.
    #[serde(default, deserialize_with = "lenient::unsigned")]
    pub id: u64,
    /// Who installed it.
    #[serde(default, deserialize_with = "lenient::object")]
    pub account: Option<Account>,
    /// Where its repositories are chosen; may be empty.
    #[serde(default, deserialize_with = "lenient::string")]
    pub configure_url: String,
}
