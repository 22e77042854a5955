use std::sync::Arc;

use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::{Config, Embedding, Secret};

/// The attributes and properties of an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ElementOptions {
    /// The configuration. Elements of the same deployment and credentials share
    /// one session.
    pub(super) config: Config,
    /// The ids of the providers that are shown. If empty, all are shown.
    pub(super) providers: Vec<String>,
    /// Whether the form disables the button.
    pub(super) disabled: bool,
}

impl ElementOptions {
    /// Reads `{ baseUrl, provider, providers, locale, headingLevel, returnPath,
    /// sessionToken, csrfToken, disabled }`. A missing field, or one of another type, counts
    /// as empty.
    pub(super) fn read(options: &JsValue) -> Self {
        let field = |name: &str| Reflect::get(options, &name.into()).unwrap_or(JsValue::UNDEFINED);
        let text = |name: &str| field(name).as_string().unwrap_or_default();
        let filled =
            |name: &str| Some(Arc::from(text(name))).filter(|text: &Arc<str>| !text.is_empty());
        let providers = match text("provider") {
            provider if provider.is_empty() => field("providers")
                .dyn_into::<Array>()
                .map(|ids| ids.iter().filter_map(|id| id.as_string()).collect())
                .unwrap_or_default(),
            provider => vec![provider],
        };
        Self {
            config: Config {
                base_url: Config::base(&text("baseUrl")),
                embedding: Some(Embedding {
                    session_token: Secret::new(&text("sessionToken")),
                    csrf_token: Secret::new(&text("csrfToken")),
                    return_path: filled("returnPath"),
                    locale: filled("locale"),
                    // Names of providers are two levels below.
                    heading_level: (text("headingLevel").parse().ok())
                        .filter(|level| (1..=4).contains(level)),
                }),
                ..Config::default()
            }
            .naming_base("base-url"),
            providers,
            disabled: field("disabled").is_truthy(),
        }
    }
}
