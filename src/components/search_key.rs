use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use super::attr::{attr, text_attr};
use super::list_search::SEARCH_ID;
use crate::platform::{BrowserStorage, Listener, is_typing};
use crate::reactive::{effect, words};
use crate::text;

/// Where the browser keeps that the person has turned the key off.
const KEY_IS_OFF: &str = "coder-external-auth:search-key-is-off";

/// The key "/", which leads to the search, and the button that turns it off and on.
/// A key without Ctrl or the like can be pressed by speech, or by accident (WCAG
/// 2.2, 2.1.4).
pub(super) fn search_key() -> AnyView {
    let is_on = RwSignal::new(BrowserStorage::read(KEY_IS_OFF).is_none());
    let listener = StoredValue::new_local(None);
    effect(move || {
        let is_on = is_on.get();
        // The listener is dropped together with this component.
        listener.set_value(is_on.then(|| Listener::new(&document(), "keydown", pressed)));
        if let Some(field) = field() {
            let _ = if is_on {
                field.set_attribute("aria-keyshortcuts", "/")
            } else {
                field.remove_attribute("aria-keyshortcuts")
            };
        }
    });
    let toggle = move |_| {
        is_on.update(|is_on| *is_on = !*is_on);
        let off = if is_on.get_untracked() { "" } else { "yes" };
        BrowserStorage::write(KEY_IS_OFF, off);
    };
    view! {
        <button {..attr("type", "button")} class="keycap" {..text_attr("aria-label", text::search_key())}
            {..text_attr("title", text::search_key())}
            prop:ariaPressed=words(move || is_on.get().to_string()) on:click=toggle>"/"</button>
    }
    .into_any()
}

fn pressed(event: web_sys::Event) {
    let is_slash = event.dyn_ref::<KeyboardEvent>().is_some_and(|key| {
        key.key() == "/" && !key.ctrl_key() && !key.meta_key() && !key.alt_key()
    });
    if is_slash && !is_typing(&event) && field().is_some_and(|field| field.focus().is_ok()) {
        event.prevent_default();
    }
}

fn field() -> Option<HtmlElement> {
    document().get_element_by_id(SEARCH_ID)?.dyn_into().ok()
}
