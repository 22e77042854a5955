use wasm_bindgen::JsCast;

/// Moves the focus to the element with this id, if there is one that takes it.
pub fn focus_by_id(id: &str) {
    let element = leptos::prelude::document()
        .get_element_by_id(id)
        .and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(element) = element {
        // An element that cannot take the focus leaves it where it is.
        let _ = element.focus();
    }
}

/// Gives the focus to the element with this id if nothing has it any more,
/// because what had it is gone: a person who works by keyboard would start
/// from the top of the page again.
///
/// Looks after the changes that are under way have been drawn.
pub fn keep_focus(id: &str) {
    let id = id.to_owned();
    leptos::prelude::request_animation_frame(move || {
        let document = leptos::prelude::document();
        let lost = match document.active_element() {
            None => true,
            Some(active) => active.tag_name() == "BODY" || active.has_attribute("hidden"),
        };
        if lost {
            focus_by_id(&id);
        }
    });
}
