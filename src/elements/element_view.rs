use leptos::prelude::*;

use super::element_kind::ElementKind;
use super::link_button::LinkButton;
use crate::components::{
    DeviceFlowModal, ExternalAuthList, ListNotices, ListSkeleton, UnlinkDialog, cards,
};
use crate::reactive::{dynamic, memo};
use crate::text;
use crate::view::View;

/// What is in an element.
pub(super) fn element_view(kind: ElementKind, store: View, disabled: RwSignal<bool>) -> AnyView {
    match kind {
        ElementKind::List => view! { <ExternalAuthList store /> }.into_any(),
        ElementKind::Provider => view! { <SingleCard store /> }.into_any(),
        ElementKind::Button => view! { <LinkButton store disabled /> }.into_any(),
    }
}

/// The card of one provider, with what concerns the whole.
#[component]
fn SingleCard(store: View) -> impl IntoView {
    store.watch_viewport();
    let is_missing = memo(move || store.rows().is_empty());
    let missing = dynamic(move || {
        if !is_missing.get() {
            return None;
        }
        let list = store.list.read();
        if list.loaded {
            Some(view! { <p class="list-notice">{text::unknown_provider()}</p> }.into_any())
        } else {
            list.loading
                .then(|| view! { <ListSkeleton cards=1 /> }.into_any())
        }
    });
    view! {
        <section class="external-auth-list" part="list">
            <ListNotices store />
            {missing}
            {cards(store, is_missing)}
            <UnlinkDialog store />
            <DeviceFlowModal store />
        </section>
    }
    .into_any()
}
