use js_sys::{Function, Promise};
use wasm_bindgen::JsValue;
use web_sys::Node;

use super::mounted_element::MountedElement;
use crate::chunk::declare_chunk;

declare_chunk! {
    /// What only elements need.
    ELEMENTS, elements::elements: dyn Elements = &DrawnElements
}

/// Puts elements on a page that embeds them.
pub(super) trait Elements {
    /// Draws an element: see [`mount`](super::mount).
    fn mount(
        &self,
        kind: &str,
        root: &Node,
        options: &JsValue,
        emit: Function,
        early: &JsValue,
    ) -> Result<Box<dyn ElementPart>, JsValue>;
}

/// What an element does: see [`Mounted`](super::Mounted).
pub(super) trait ElementPart {
    fn set(&mut self, options: &JsValue);
    fn refresh(&self) -> Promise;
    fn link(&self, provider: &str) -> Promise;
    fn unlink(&self, provider: &str) -> Promise;
}

struct DrawnElements;

impl Elements for DrawnElements {
    fn mount(
        &self,
        kind: &str,
        root: &Node,
        options: &JsValue,
        emit: Function,
        early: &JsValue,
    ) -> Result<Box<dyn ElementPart>, JsValue> {
        Ok(Box::new(MountedElement::new(
            kind, root, options, emit, early,
        )?))
    }
}
