use leptos::prelude::*;

use super::attr::attr;

/// Text in a separate element, for a place that has other content beside it.
///
/// Text that changes is never a child of a view, but the `textContent` of an
/// element (`prop:textContent`). A browser that translates the page replaces
/// its text nodes. A view that kept its text node would then write to a node
/// that is no longer in the page.
pub(crate) fn text_span(words: String) -> AnyView {
    view! { <span prop:textContent=words></span> }.into_any()
}

/// The content of a button or link whose label alone does not say what it is about:
/// the label that is seen, and the name that is read out.
pub(crate) fn named_label(label: Signal<String>, name: Signal<String>) -> AnyView {
    view! {
        <span {..attr("aria-hidden", "true")} prop:textContent=label></span>
        <span class="visually-hidden" prop:textContent=name></span>
    }
    .into_any()
}
