use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

/// Whether a key event goes to an editable field or to a dialog.
#[must_use]
pub fn is_typing(event: &Event) -> bool {
    // The path is used because the event's target is only the host where the
    // field is in a shadow tree.
    let target = event.composed_path().get(0).dyn_into::<Element>();
    target.is_ok_and(|target| {
        let place = target.closest("input, textarea, select, [contenteditable], dialog");
        place.ok().flatten().is_some()
    })
}
