use leptos::prelude::document;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{MutationObserver, MutationObserverInit};

/// The theme of the page around an element. Coder's dashboard sets it as a
/// class of `<html>`, such as `dark` or `light-tritan`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageTheme {
    /// Light text on dark.
    Dark,
    /// Dark text on light.
    Light,
}

impl PageTheme {
    /// The current theme; none where the page has no such class.
    #[must_use]
    pub fn now() -> Option<Self> {
        let classes = document().document_element()?.class_name();
        classes
            .split_whitespace()
            .find_map(|class| match class.split('-').next() {
                Some("dark") => Some(Self::Dark),
                Some("light") => Some(Self::Light),
                _ => None,
            })
    }
}

/// Watches the page's theme until this is dropped.
#[must_use = "the theme is watched until this is dropped"]
pub struct PageThemeWatch {
    observer: MutationObserver,
    _callback: Closure<dyn FnMut()>,
}

impl PageThemeWatch {
    /// Calls `on_change` when the page's theme may have changed. Returns none
    /// where the browser cannot observe it.
    pub fn new(on_change: impl Fn() + 'static) -> Option<Self> {
        let callback: Box<dyn FnMut()> = Box::new(on_change);
        let callback = Closure::wrap(callback);
        let observer = MutationObserver::new(callback.as_ref().unchecked_ref()).ok()?;
        let options = MutationObserverInit::new();
        options.set_attributes(true);
        let page = document().document_element()?;
        observer.observe_with_options(&page, &options).ok()?;
        Some(Self {
            observer,
            _callback: callback,
        })
    }
}

impl Drop for PageThemeWatch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
