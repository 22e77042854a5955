use serde::Serialize;

use super::{Account, DecodeError, Fields, Installation, Json, Read};
use crate::limits::MAX_INSTALLATIONS;

/// A live check of one provider: the answer of `GET /external-auth/{id}`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct ExternalAuth {
    /// Whether the user's token is valid now. The route does not refresh, so an
    /// expired token is not valid, even if it could be refreshed.
    ///
    /// The only required field: a body without it is another answer, and must
    /// not be read as "not linked".
    pub authenticated: bool,
    /// Whether accounts are linked by the device flow (RFC 8628).
    pub device: bool,
    /// The name for a person; may be empty.
    pub display_name: String,
    /// Current servers always send `false` here, so the list's value is used.
    pub supports_revocation: bool,
    /// Who is linked; only `github` providers fill it.
    pub user: Option<Account>,
    /// Whether the provider reported where the app is installed.
    pub app_installable: bool,
    /// Where the app is installed; only `github` providers fill it.
    pub installations: Vec<Installation>,
    /// Where the app can be installed; may be empty.
    pub app_install_url: String,
}

impl Read for ExternalAuth {
    fn read(json: Json) -> Result<Self, DecodeError> {
        let mut fields = Fields::of(json)?;
        Ok(Self {
            authenticated: fields.required_boolean("authenticated")?,
            device: fields.boolean("device"),
            display_name: fields.line("display_name"),
            supports_revocation: fields.boolean("supports_revocation"),
            user: fields.object("user"),
            app_installable: fields.boolean("app_installable"),
            installations: fields.list("installations", MAX_INSTALLATIONS),
            app_install_url: fields.address("app_install_url"),
        })
    }
}
