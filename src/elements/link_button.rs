use leptos::prelude::*;

use super::emit::works;
use crate::components::{DeviceFlowModal, UnlinkDialog, dynamic, flag, words};
use crate::store::{ExternalAuthStore, WindowLinkPhase, computed, effect};
use crate::text;

/// One button: links the provider, and says that it is linked.
#[component]
pub(super) fn LinkButton(store: ExternalAuthStore, disabled: RwSignal<bool>) -> impl IntoView {
    let entry = computed(move || store.rows().into_iter().next());
    effect(move || {
        if let Some(entry) = entry.get() {
            // Small as it is, it tells who is linked.
            store.set_near(&entry, true);
        }
    });
    let content = dynamic(move || {
        let Some(entry) = entry.get() else {
            let list = store.list.read();
            let words = match (&list.error, list.loaded) {
                (Some(error), _) => text::api_error(error),
                (None, true) => text::unknown_provider().to_owned(),
                (None, false) => text::progress::LOADING.to_owned(),
            };
            return Some(view! { <span class="link-button__words">{words}</span> }.into_any());
        };
        if works(&entry) {
            let words = text::button_linked(entry.login().as_deref());
            return Some(
                view! { <span class="link-button__words" part="linked">{words}</span> }.into_any(),
            );
        }
        let waits = store
            .window_link
            .get()
            .filter(|link| link.provider == entry.id);
        let words = waits.map_or_else(
            || text::device_title(&entry.name.read()),
            |link| match link.phase {
                WindowLinkPhase::Blocked => text::button_blocked(&entry.name.read()),
                _ => text::button_waiting(&entry.name.read()),
            },
        );
        let is_blocked = store.window_link.get().is_some_and(|link| {
            link.provider == entry.id && link.phase == WindowLinkPhase::Blocked
        });
        let press = move |_| {
            if is_blocked {
                store.link_in_this_tab(&entry);
            } else {
                store.link(&entry);
            }
        };
        Some(
            view! { <button type="button" class="button button--main" part="button" disabled=flag(move || disabled.get()) on:click=press>{words}</button> }
                .into_any(),
        )
    });
    view! {
        {content}
        <span class="visually-hidden" role="status">{words(move || store.announcement.get())}</span>
        <UnlinkDialog store />
        <DeviceFlowModal store />
    }
    .into_any()
}
