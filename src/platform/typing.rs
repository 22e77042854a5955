use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

/// Whether a key is typed into something, or meant for a dialog.
#[must_use]
pub fn is_typing(event: &Event) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| {
        let place = target.closest("input, textarea, select, [contenteditable], dialog");
        place.ok().flatten().is_some()
    })
}
