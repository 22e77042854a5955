use wasm_bindgen_futures::JsFuture;

/// Copies a text. False where the browser refuses or has no clipboard, as on
/// pages that are not served securely: then the person copies it by hand.
pub async fn copy_text(text: &str) -> bool {
    let navigator = leptos::prelude::window().navigator();
    // Typed as always there, which it is not.
    let clipboard = js_sys::Reflect::get(&navigator, &"clipboard".into());
    if !clipboard.is_ok_and(|clipboard| clipboard.is_object()) {
        return false;
    }
    JsFuture::from(navigator.clipboard().write_text(text))
        .await
        .is_ok()
}

/// Selects the text of an element, for the person to copy.
pub fn select_element(element: &web_sys::Element) {
    let selection = leptos::prelude::window().get_selection().ok().flatten();
    if let Some(selection) = selection {
        // What cannot be selected stays unselected; the code is still in sight.
        let _ = selection.select_all_children(element);
    }
}
