use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

/// Whether a key is typed into something, or meant for a dialog.
#[must_use]
pub fn is_typing(event: &Event) -> bool {
    // The first of the path: the target is only the host of a shadow tree.
    let target = event.composed_path().get(0).dyn_into::<Element>();
    target.is_ok_and(|target| {
        let place = target.closest("input, textarea, select, [contenteditable], dialog");
        place.ok().flatten().is_some()
    })
}
