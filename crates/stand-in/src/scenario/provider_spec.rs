use crate::{coder::RevocationStyle, provider::Behaviour};

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
