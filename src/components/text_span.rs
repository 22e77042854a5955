use leptos::prelude::*;

use crate::reactive::words;

/// Text in a separate element, for a place that has other content beside it.
///
/// Text that changes is never a child of a view, but the `textContent` of an
/// element (`prop:textContent`). A browser that translates the page replaces
/// its text nodes. A view that kept its text node would then write to a node
/// that is no longer in the page.
pub(crate) fn text_span(words: String) -> AnyView {
    view! { <span prop:textContent=words></span> }.into_any()
}

/// Like [`text_span`], for text that is derived from signals.
pub(crate) fn live_text_span(words: Signal<String>) -> AnyView {
    view! { <span prop:textContent=words></span> }.into_any()
}

/// The provider's name inside a button, for a person who does not see which
/// card the button is on.
pub(crate) fn hidden_name(name: Signal<String>) -> AnyView {
    let name = words(move || format!(" {}", name.read()));
    view! { <span class="visually-hidden" prop:textContent=name></span> }.into_any()
}
