use leptos::html::Input;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent};

use super::attr::{attr, text_attr};
use crate::platform::{BrowserStorage, Listener, is_typing};
use crate::reactive::{effect, words};
use crate::text;
use crate::view::View;

/// Where the browser keeps that the person has turned the key off.
const KEY_IS_OFF: &str = "coder-external-auth:search-key-is-off";

/// The keys of the search: an Escape clears the field, and a slash moves the focus
/// to it. The slash has a button that turns it off and on, because a key without
/// Ctrl or the like can be pressed by speech, or by accident (WCAG 2.2, 2.1.4).
/// `has_slash`: not where an embedding page may use the same key.
pub(super) fn search_keys(view: View, field: NodeRef<Input>, has_slash: bool) -> AnyView {
    let is_on = RwSignal::new(has_slash && BrowserStorage::read(KEY_IS_OFF).is_none());
    // The listener is dropped together with this component. The window's capturing
    // listeners are called before those of the document, where the dialog of an
    // embedding page listens for Escape.
    StoredValue::new_local(Listener::capturing(&window(), "keydown", move |event| {
        handle_key(view, field, is_on.get_untracked(), &event);
    }));
    if !has_slash {
        return ().into_any();
    }
    effect(move || {
        if let Some(field) = field.get() {
            let _ = if is_on.get() {
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

/// An Escape clears the field, and no other script hears it: it would also close the
/// dialog of an embedding page. A slash moves the focus to the field.
fn handle_key(view: View, field: NodeRef<Input>, has_slash: bool, event: &Event) {
    let Some((key, field)) = event.dyn_ref::<KeyboardEvent>().zip(field.get_untracked()) else {
        return;
    };
    if key.key() == "Escape" {
        let is_here = event.composed_path().includes(&field, 0);
        if is_here && !view.query.read_untracked().is_empty() {
            event.stop_propagation();
            event.prevent_default();
            view.query.set(String::new());
        }
        return;
    }
    let is_slash =
        has_slash && key.key() == "/" && !key.ctrl_key() && !key.meta_key() && !key.alt_key();
    if is_slash && !is_typing(event) && field.focus().is_ok() {
        event.prevent_default();
    }
}
