use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

/// What is so far beyond the edge counts as near: it will have its answer by
/// the time that it is scrolled to.
const MARGIN: &str = "200px 0px";

/// Tells which elements are in sight, or nearly so.
#[must_use = "nothing is told any more when this is dropped"]
pub struct NearViewport {
    observer: IntersectionObserver,
    _callback: Closure<dyn FnMut(Vec<IntersectionObserverEntry>)>,
}

impl NearViewport {
    /// Calls `on_change` with the id of an element when it has come near, or
    /// has gone. None where the browser cannot tell.
    pub fn new(on_change: impl Fn(String, bool) + 'static) -> Option<Self> {
        let callback: Box<dyn FnMut(Vec<IntersectionObserverEntry>)> =
            Box::new(move |entries: Vec<IntersectionObserverEntry>| {
                for entry in entries {
                    on_change(entry.target().id(), entry.is_intersecting());
                }
            });
        let callback = Closure::wrap(callback);
        let options = IntersectionObserverInit::new();
        options.set_root_margin(MARGIN);
        let observer = IntersectionObserver::new_with_options(
            callback.as_ref().unchecked_ref::<js_sys::Function>(),
            &options,
        )
        .map_err(|_: JsValue| ())
        .ok()?;
        Some(Self {
            observer,
            _callback: callback,
        })
    }

    /// Tells of this element too, for as long as it is on the page.
    pub fn observe(&self, element: &Element) {
        self.observer.observe(element);
    }
}

impl Drop for NearViewport {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
