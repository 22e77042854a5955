use wasm_bindgen_futures::JsFuture;

/// Copies a text. Returns false where the browser refuses, or has no clipboard
/// because the page is not in a secure context. The person then copies the text
/// by hand.
pub async fn copy_text(text: &str) -> bool {
    let navigator = leptos::prelude::window().navigator();
    // web-sys types the clipboard as always present, but a browser may lack it.
    let clipboard = js_sys::Reflect::get(&navigator, &"clipboard".into());
    if !clipboard.is_ok_and(|clipboard| clipboard.is_object()) {
        return false;
    }
    JsFuture::from(navigator.clipboard().write_text(text))
        .await
        .is_ok()
}

/// Selects the text of an element, so that the person can copy it.
pub fn select_element(element: &web_sys::Element) {
    let selection = leptos::prelude::window().get_selection().ok().flatten();
    if let Some(selection) = selection {
        // If selecting fails, the text is still visible.
        let _ = selection.select_all_children(element);
    }
}
