use leptos::prelude::{document, request_animation_frame};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Moves the focus to the element with this id, if there is one that takes it,
/// when the changes that are under way have been drawn.
pub fn focus_by_id(id: &str) {
    let id = id.to_owned();
    request_animation_frame(move || focus_element(document().get_element_by_id(&id)));
}

/// Gives the focus to the element with this id if nothing has it any more,
/// because what had it is gone: a person who works by keyboard would start
/// from the top of the page again. When the changes have been drawn.
pub fn keep_focus(id: &str) {
    let id = id.to_owned();
    request_animation_frame(move || {
        if is_lost() {
            focus_element(document().get_element_by_id(&id));
        }
    });
}

/// Gives the focus back to what has it now, should it lose it by being moved.
pub fn hold_focus() {
    let focused = document().active_element();
    request_animation_frame(move || {
        if is_lost() {
            focus_element(focused.filter(|element| element.is_connected()));
        }
    });
}

fn is_lost() -> bool {
    match document().active_element() {
        None => true,
        Some(active) => active.tag_name() == "BODY" || active.has_attribute("hidden"),
    }
}

fn focus_element(element: Option<Element>) {
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // An element that cannot take the focus leaves it where it is.
        let _ = element.focus();
    }
}
