use leptos::prelude::*;

use super::element_kind::ElementKind;
use crate::components::{
    ExternalAuthList, ListNotices, ListSkeleton, RowsLayout, attr, dialogs, link_button,
    provider_rows,
};
use crate::reactive::{dynamic, memo};
use crate::text;
use crate::view::View;

/// The content of an element.
pub(super) fn element_view(kind: ElementKind, view: View, disabled: RwSignal<bool>) -> AnyView {
    match kind {
        ElementKind::List => view! { <ExternalAuthList view /> }.into_any(),
        ElementKind::Provider => view! { <SingleCard view /> }.into_any(),
        ElementKind::Button => link_button(view, disabled),
    }
}

/// The card of one provider, with the notices about the whole session.
#[component]
fn SingleCard(view: View) -> impl IntoView {
    view.watch_viewport();
    let is_missing = memo(move || view.rows().is_empty());
    let missing = dynamic(move || {
        if !is_missing.get() {
            return None;
        }
        let list = view.session.list.read();
        if list.loaded {
            Some(
                view! { <p class="list-notice">{text::missing_provider(list.left_out)}</p> }
                    .into_any(),
            )
        } else {
            list.loading
                .then(|| view! { <ListSkeleton cards=1 /> }.into_any())
        }
    });
    let shown = memo(move || view.shown_rows());
    view! {
        <section class="external-auth-list" {..attr("part", "list")}>
            <ListNotices view />
            {missing}
            {provider_rows(view, move || view.rows(), shown, RowsLayout::Card)}
            {dialogs(view)}
        </section>
    }
    .into_any()
}
