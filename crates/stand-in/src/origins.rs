/// The two origins, without a slash at the end.
#[derive(Debug, Clone)]
pub(crate) struct Origins {
    /// The deployment: its API, its pages, and the page below `/accounts/`.
    pub(crate) deployment: String,
    /// All OAuth 2.0 providers, each below its own path.
    pub(crate) provider: String,
}
