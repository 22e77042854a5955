use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

/// How far outside the viewport an element still counts as near. Its live check
/// is then usually done before the person scrolls to it.
const MARGIN: &str = "200px 0px";

/// Reports which elements are in or near the viewport.
#[must_use = "reports end when this is dropped"]
pub struct NearViewport {
    observer: IntersectionObserver,
    _callback: Closure<dyn FnMut(Vec<IntersectionObserverEntry>)>,
}

impl NearViewport {
    /// Calls `on_change` with the elements that have come near or have gone, and
    /// with whether they are near. What the browser reports at once is passed
    /// on at once. Returns none where the browser has no
    /// `IntersectionObserver`.
    pub fn new(on_change: impl Fn(Vec<(Element, bool)>) + 'static) -> Option<Self> {
        let callback: Box<dyn FnMut(Vec<IntersectionObserverEntry>)> =
            Box::new(move |entries: Vec<IntersectionObserverEntry>| {
                let change =
                    |entry: &IntersectionObserverEntry| (entry.target(), entry.is_intersecting());
                on_change(entries.iter().map(change).collect());
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

    /// Observes this element until it is removed from the page.
    pub fn observe(&self, element: &Element) {
        self.observer.observe(element);
    }
}

impl Drop for NearViewport {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
