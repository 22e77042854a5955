use external_auth_core::Timestamp;

use crate::{
    coder::{FIRST_USER, RevocationStyle},
    provider::{Behaviour, TokenStatus},
    wire::Expiry,
};

/// A provider as a scenario describes it.
pub(crate) struct ProviderSpec {
    pub(crate) id: String,
    pub(crate) kind: String,
    pub(crate) name: String,
    /// The file below `/icon/`, without its extension; empty for the default
    /// icon.
    pub(crate) icon: &'static str,
    pub(crate) device: bool,
    pub(crate) allow_refresh: bool,
    pub(crate) allow_validate: bool,
    /// How tokens are revoked; none when revocation is not supported.
    pub(crate) revocation: Option<RevocationStyle>,
    /// Whether the provider announces S256 and requires it.
    pub(crate) pkce: bool,
    /// Whether the provider has an app to install.
    pub(crate) installable: bool,
    pub(crate) token_lifetime_ms: Option<i64>,
    pub(crate) refresh_tokens: bool,
    pub(crate) behaviour: Behaviour,
}

impl ProviderSpec {
    /// A provider that supports refresh and validation only.
    pub(crate) fn new(id: &str, kind: &str, name: &str) -> Self {
        Self {
            id: id.to_owned(),
            kind: kind.to_owned(),
            name: name.to_owned(),
            icon: "",
            device: false,
            allow_refresh: true,
            allow_validate: true,
            revocation: None,
            pkce: false,
            installable: false,
            token_lifetime_ms: None,
            refresh_tokens: false,
            behaviour: Behaviour::default(),
        }
    }
}

/// A link as a scenario describes it.
pub(crate) struct LinkSpec {
    /// The account at the provider.
    pub(crate) login: String,
    pub(crate) created_at: Option<Timestamp>,
    pub(crate) updated_at: Option<Timestamp>,
    pub(crate) expires: Expiry,
    pub(crate) has_refresh_token: bool,
    pub(crate) refresh_failure: Option<(Timestamp, String)>,
    /// The status of the token at the provider.
    pub(crate) status: TokenStatus,
}

impl Default for LinkSpec {
    fn default() -> Self {
        Self {
            login: FIRST_USER.to_owned(),
            created_at: None,
            updated_at: None,
            expires: Expiry::Never,
            has_refresh_token: false,
            refresh_failure: None,
            status: TokenStatus::Active,
        }
    }
}
