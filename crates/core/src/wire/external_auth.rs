use serde::{Deserialize, Serialize};

use super::{Account, Installation, lenient};

/// One provider, asked live: the answer of `GET /external-auth/{id}`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ExternalAuth {
    /// Whether the user's token is valid at this moment. The route does not
    /// refresh: an expired token is not, even when it could be refreshed.
    ///
    /// The one field that must be there: without it the body is something
    /// else, and must not read as "not linked".
    pub authenticated: bool,
    /// Whether accounts are linked by the device flow (RFC 8628).
    #[serde(default, deserialize_with = "lenient::boolean")]
    pub device: bool,
    /// The name for a person; may be empty.
    #[serde(default, deserialize_with = "lenient::string")]
    pub display_name: String,
    /// Left `false` here by today's servers: the list's value wins.
    #[serde(default, deserialize_with = "lenient::boolean")]
    pub supports_revocation: bool,
    /// Who is linked; only `github` providers fill it.
    #[serde(default, deserialize_with = "lenient::object")]
    pub user: Option<Account>,
    /// Whether it could be asked where the app is installed.
    #[serde(default, deserialize_with = "lenient::boolean")]
    pub app_installable: bool,
    /// Where the app is installed; only `github` providers fill it.
    #[serde(default, deserialize_with = "lenient::list")]
    pub installations: Vec<Installation>,
    /// Where the app can be installed; may be empty.
    #[serde(default, deserialize_with = "lenient::string")]
    pub app_install_url: String,
}
