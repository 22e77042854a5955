use super::RevocationStyle;
use crate::wire::Provider;

/// A provider as the operator has configured it.
#[derive(Debug, Clone)]
pub(crate) struct ConfiguredProvider {
    /// The provider's entry in the list.
    pub(crate) wire: Provider,
    /// How tokens are revoked, where `wire.supports_revocation`.
    pub(crate) revocation: RevocationStyle,
    pub(crate) app_install_url: String,
    /// Whether the provider can be asked where the app is installed.
    pub(crate) has_installations_url: bool,
    /// Whether the answer to an unlink says neither that the token was revoked
    /// nor why not, as other servers may.
    pub(crate) silent_revocation: bool,
    /// Whether requests share a refresh, which continues when they are
    /// aborted. Servers before July 2026 do not do this.
    pub(crate) shared_refresh: bool,
    pub(crate) client_id: String,
    pub(crate) client_secret: String,
}
