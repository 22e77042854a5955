use leptos::prelude::*;

use crate::reactive::words;

/// Words as the only content of an element, for a place where other content
/// stands beside them.
///
/// Words that change are never a child of a view, but the text content of an
/// element (`prop:textContent`). A browser that translates the page replaces its
/// text nodes by elements of the browser, and a view that writes to the text
/// node that it made then writes to a node that nobody sees.
pub(crate) fn text_span(words: String) -> AnyView {
    view! { <span prop:textContent=words></span> }.into_any()
}

/// Like [`text_span`], for words that follow from signals.
pub(crate) fn live_text_span(words: Signal<String>) -> AnyView {
    view! { <span prop:textContent=words></span> }.into_any()
}

/// The name of what a control is about, for a person who does not see where the
/// control stands.
pub(crate) fn hidden_name(name: Signal<String>) -> AnyView {
    let name = words(move || format!(" {}", name.read()));
    view! { <span class="visually-hidden" prop:textContent=name></span> }.into_any()
}
