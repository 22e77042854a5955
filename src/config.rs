use std::sync::Arc;

use external_auth_core::ConfiguredUrl;
use wasm_bindgen::JsCast;

use crate::Secret;

/// How the page or an element is set up. An operator configures the page in one
/// place:
///
/// ```html
/// <meta name="coder-external-auth"
///       data-base-url="https://coder.example"
///       data-docs-url="https://wiki.example/git">
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// Origin of the deployment, without a slash at the end. Empty, the
    /// default, means the page's own origin: see [`base`](Self::base).
    pub base_url: Arc<str>,
    /// Where an operator reads how to configure providers. The default is
    /// Coder's documentation.
    pub docs_url: Arc<str>,
    /// The setting whose value may not be used ([`ConfiguredUrl`]), by the name
    /// that the operator knows. The page says so.
    pub refused_setting: Option<&'static str>,
    /// Set for a custom element, which is part of another page.
    pub embedding: Option<Embedding>,
}

/// What the page around a custom element configures.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Embedding {
    /// Sent as `Coder-Session-Token`, without the session cookie. None: the
    /// session cookie is used.
    pub session_token: Option<Secret>,
    /// The CSRF token that unsafe requests need beside the cookie. None: it is
    /// found in the same way as on the page.
    pub csrf_token: Option<Secret>,
    /// Where a redirect flow in a window returns to: the path of our return
    /// page on the deployment's origin. None: the flow ends on the dashboard's
    /// page, which reports nothing, so the result is found by reading the link
    /// again.
    pub return_path: Option<Arc<str>>,
    /// The language of dates (BCP 47). It is used if the sentences are in that
    /// language.
    pub locale: Option<Arc<str>>,
    /// The level of the title among the headings of the page, 1 to 4. None: 2.
    pub heading_level: Option<u8>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            base_url: "".into(),
            docs_url: "https://coder.com/docs/admin/external-auth".into(),
            refused_setting: None,
            embedding: None,
        }
    }
}

impl Config {
    /// The deployment's address where the configured one may not be used: an
    /// address without content, to which paths can be added. No request is sent
    /// there.
    pub(crate) const NOWHERE: &str = "about:invalid#";

    /// The language of dates that the embedding page sets.
    #[must_use]
    pub fn locale(&self) -> Option<&str> {
        self.embedding.as_ref()?.locale.as_deref()
    }

    /// The session token that the embedding page sets, in place of the cookie.
    #[must_use]
    pub fn session_token(&self) -> Option<&Secret> {
        self.embedding.as_ref()?.session_token.as_ref()
    }

    /// The base of a deployment, in one form only: the page's own origin is
    /// always the empty text. Tabs and elements compare bases to see whether
    /// they belong to the same deployment.
    ///
    /// What may not be configured ([`ConfiguredUrl`]) becomes an address that
    /// leads nowhere: a link to it does nothing, a request to it fails, and a
    /// session token is sent to no other origin.
    #[must_use]
    pub fn base(url: &str) -> Arc<str> {
        let Some(base) = ConfiguredUrl::parse_base(url) else {
            return Self::NOWHERE.into();
        };
        let base = base.as_str();
        let is_own = leptos::prelude::location()
            .origin()
            .is_ok_and(|origin| origin == base);
        if is_own { "".into() } else { base.into() }
    }

    /// Whether the base of the deployment may not be used.
    #[must_use]
    pub fn is_base_refused(&self) -> bool {
        &*self.base_url == Self::NOWHERE
    }

    /// Reads the page's `<meta name="coder-external-auth">`. An attribute that
    /// is missing has its default.
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
        let defaults = Self::default();
        let docs_url = attribute("data-docs-url").unwrap_or_default();
        let docs = ConfiguredUrl::parse(&docs_url);
        let config = Self {
            base_url: Self::base(&attribute("data-base-url").unwrap_or_default()),
            refused_setting: docs.is_none().then_some("data-docs-url"),
            docs_url: docs
                .filter(|docs| !docs.as_str().is_empty())
                .map_or(defaults.docs_url, |docs| docs.as_str().into()),
            embedding: None,
        };
        config.naming_base("data-base-url")
    }

    /// Names the setting of the base, if its value may not be used.
    #[must_use]
    pub(crate) fn naming_base(mut self, setting: &'static str) -> Self {
        if self.is_base_refused() {
            self.refused_setting = Some(setting);
        }
        self
    }
}
