use serde::{Deserialize, Serialize};

/// The `Cross-Origin-Opener-Policy` of the provider's pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum OpenerPolicy {
    /// The header is not sent.
    #[default]
    UnsafeNone,
    /// The page has no access to the window that opened it.
    SameOrigin,
}
