use leptos::prelude::{StoredValue, window};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent};

use crate::platform::Listener;

/// The attribute of a button whose tooltip is not shown.
const SILENT: &str = "data-silent";

/// An Escape hides the tooltip of a button that is hovered or focused, without moving
/// the pointer or the focus (WCAG 2.2, 1.4.13). The next time it is shown again.
/// `around`: the element that the buttons are in.
pub(super) fn tooltip_keys(around: &Element) {
    let hide = {
        let around = around.clone();
        move |event: Event| {
            let is_escape =
                (event.dyn_ref::<KeyboardEvent>()).is_some_and(|event| event.key() == "Escape");
            // Nothing has a tooltip behind a dialog, and to look for one takes long.
            if is_escape && !is_in_dialog(&event) {
                let shown = ".button--icon:is(:hover, :focus-visible)";
                let _ = (around.query_selector(shown).ok().flatten())
                    .map(|button| button.set_attribute(SILENT, ""));
            }
        }
    };
    let show = |event: Event| {
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok());
        let button = target.and_then(|target| target.closest(".button--icon").ok().flatten());
        let _ = button.map(|button| button.remove_attribute(SILENT));
    };
    StoredValue::new_local([
        Listener::capturing(&window(), "keydown", hide),
        Listener::new(around, "pointerout", show),
        Listener::new(around, "focusout", show),
    ]);
}

fn is_in_dialog(event: &Event) -> bool {
    let target = event.composed_path().get(0).dyn_into::<Element>().ok();
    target.is_some_and(|target| !matches!(target.closest("dialog"), Ok(None)))
}
