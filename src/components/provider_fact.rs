use leptos::prelude::*;

/// One fact in the panel of an opened row: its name, and what there is to say.
/// All facts of a panel are in one list, so that they stand in two columns.
pub(super) fn provider_fact(name: &'static str, content: AnyView) -> AnyView {
    view! {
        <div class="provider-fact">
            <dt prop:textContent=name></dt>
            <dd>{content}</dd>
        </div>
    }
    .into_any()
}

/// A text for programs, as it is written.
pub(super) fn code(text: String) -> AnyView {
    view! { <code prop:textContent=text></code> }.into_any()
}
