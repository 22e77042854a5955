use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

/// How far outside the viewport an element still counts as near. Its live check
/// is then usually done before the person scrolls to it.
const MARGIN: &str = "200px 0px";

/// The attribute of a block of rows that is not near (style/later/far-rows.css).
const FAR: &str = "data-far";

/// The attribute of a block of rows that waits for its turn to be brought up to date,
/// and takes no part in frames until then (style/later/waiting-rows.css). It has no
/// height, so its place says nothing about what is seen.
pub const WAITS: &str = "data-waits";

/// Reports which rows are in or near the viewport.
///
/// The browser compares each observed element with the viewport in each frame, which
/// takes longer than all else when there are a thousand. So blocks of rows are
/// observed, and rows only while their block is near.
#[must_use = "reports end when this is dropped"]
pub struct NearViewport {
    observer: IntersectionObserver,
    _callback: Closure<Callback>,
}

type Callback = dyn FnMut(Vec<IntersectionObserverEntry>, IntersectionObserver);

impl NearViewport {
    /// Calls `on_change` with the elements that have come near or have gone, and
    /// with whether they are near: rows, and blocks of rows. What the browser
    /// reports at once is passed on at once. `row_attribute`: only rows have it.
    /// Returns none where the browser has no `IntersectionObserver`.
    pub fn new(
        row_attribute: &'static str,
        on_change: impl Fn(Vec<(Element, bool)>) + 'static,
    ) -> Option<Self> {
        let callback: Box<Callback> = Box::new(
            move |entries: Vec<IntersectionObserverEntry>, observer: IntersectionObserver| {
                let change = |entry: &IntersectionObserverEntry| {
                    let element = entry.target();
                    let is_near = entry.is_intersecting() && !element.has_attribute(WAITS);
                    if !element.has_attribute(row_attribute) {
                        observe_rows(&observer, &element, is_near);
                    }
                    (element, is_near)
                };
                on_change(entries.iter().map(change).collect());
            },
        );
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

    /// Observes a block of rows until it is removed from the page.
    pub fn observe(&self, block: &Element) {
        self.observer.observe(block);
    }

    /// Observes the block that this row has been put into until the block is removed
    /// from the page. The browser reports it once more, so that the row is observed
    /// where the block is near already.
    pub fn observe_block_of(&self, row: &Element) {
        if let Some(block) = row.parent_element() {
            self.observer.unobserve(&block);
            self.observer.observe(&block);
        }
    }
}

fn observe_rows(observer: &IntersectionObserver, block: &Element, is_near: bool) {
    // Setting an attribute with a valid name cannot fail.
    let _ = if is_near {
        block.remove_attribute(FAR)
    } else {
        block.set_attribute(FAR, "")
    };
    let mut next = block.first_element_child();
    while let Some(row) = next {
        if is_near {
            observer.observe(&row);
        } else {
            observer.unobserve(&row);
        }
        next = row.next_element_sibling();
    }
}

impl Drop for NearViewport {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
