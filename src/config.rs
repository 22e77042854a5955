use std::sync::Arc;

use wasm_bindgen::JsCast;

use crate::Secret;

/// How the page is set up: the one place where an operator changes it.
///
/// ```html
/// <meta name="coder-external-auth"
///       data-base-url="https://coder.example"
///       data-docs-url="https://wiki.example/git">
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// Origin of the deployment, without a slash at the end; empty, which is
    /// the default, where it is the page's own: see [`base`](Self::base).
    pub base_url: Arc<str>,
    /// Where an operator reads how to configure providers. Default: Coder's
    /// documentation.
    pub docs_url: Arc<str>,
    /// Set where this is not a page of its own, but part of another one.
    pub embedding: Option<Embedding>,
}

/// What an embedding page says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Embedding {
    /// Sent as `Coder-Session-Token`, with no cookie beside it; none: the
    /// session cookie is used.
    pub session_token: Option<Secret>,
    /// What unsafe requests need beside the cookie; none: it is found as on a
    /// page of its own.
    pub csrf_token: Option<Secret>,
    /// Where a window comes back to in which an account was linked: the path
    /// of our own page on the deployment's origin. None: the dashboard's page,
    /// which reports nothing, so that the result is found by asking.
    pub return_path: Option<Arc<str>>,
    /// The language of dates, as far as it goes with the sentences around them.
    pub locale: Option<Arc<str>>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            base_url: "".into(),
            docs_url: "https://coder.com/docs/admin/external-auth".into(),
            embedding: None,
        }
    }
}

impl Config {
    /// The language of dates that an embedding page gives.
    #[must_use]
    pub fn locale(&self) -> Option<&str> {
        self.embedding.as_ref()?.locale.as_deref()
    }

    /// The session token that an embedding page gives, in place of the cookie.
    #[must_use]
    pub fn session_token(&self) -> Option<&Secret> {
        self.embedding.as_ref()?.session_token.as_ref()
    }

    /// A deployment's base, of which each has one and no two the same: tabs and
    /// elements tell by it which of them are about the same deployment.
    #[must_use]
    pub fn base(url: &str) -> Arc<str> {
        let base = url.trim_end_matches('/');
        let is_own = leptos::prelude::location()
            .origin()
            .is_ok_and(|origin| origin == base);
        if is_own { "".into() } else { base.into() }
    }

    /// Reads the page's `<meta name="coder-external-auth">`. What it does not
    /// say has its default.
    #[must_use]
    pub fn from_page() -> Self {
        let tag = leptos::prelude::document()
            .query_selector("meta[name=coder-external-auth]")
            .ok()
            .flatten()
            .and_then(|tag| tag.dyn_into::<web_sys::HtmlMetaElement>().ok());
        let attribute = |name: &str| {
            tag.as_ref()
                .and_then(|tag| tag.get_attribute(name))
                .filter(|value| !value.is_empty())
        };
        Self {
            base_url: Self::base(&attribute("data-base-url").unwrap_or_default()),
            docs_url: attribute("data-docs-url").map_or(Self::default().docs_url, Into::into),
            embedding: None,
        }
    }
}
