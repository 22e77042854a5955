use std::sync::Arc;

use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::{Config, Embedding, Secret};

/// What the attributes and properties of an element say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ElementOptions {
    /// How the view is set up; elements of the same share one.
    pub(super) config: Config,
    /// The ids of the providers that are shown; empty: all.
    pub(super) providers: Vec<String>,
    /// Whether the form that the button is in does not take it at the moment.
    pub(super) disabled: bool,
}

impl ElementOptions {
    /// Reads `{ baseUrl, provider, providers, locale, returnPath, sessionToken,
    /// csrfToken,
    /// disabled }`. What is missing, or of another type, is as if empty.
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
                }),
                ..Config::default()
            },
            providers,
            disabled: field("disabled").is_truthy(),
        }
    }
}
