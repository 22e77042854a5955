use external_auth_core::ProviderState;
use leptos::prelude::*;

use super::emit::works;
use crate::components::{DeviceFlowModal, ListNotices, UnlinkDialog, WindowLinkStatus, notices};
use crate::platform::FocusGuard;
use crate::reactive::{dynamic, effect, flag, memo, words};
use crate::session::ProviderEntry;
use crate::text;
use crate::view::View;

/// One button: links the provider, and says that it is linked. What is to be
/// said besides, such as why that did not work, stands below it.
#[component]
pub(super) fn LinkButton(store: View, disabled: RwSignal<bool>) -> impl IntoView {
    let entry = memo(move || store.rows().into_iter().next());
    effect(move || {
        if let Some(entry) = entry.get() {
            // Small as it is, it tells who is linked.
            store.set_near(&entry, true);
        }
    });
    let instead = memo(move || said_instead(&entry.get()?));
    let content = dynamic(move || {
        let Some(entry) = entry.get() else {
            return missing(store);
        };
        let Some(said) = instead.get() else {
            return Some(button(store, entry, disabled));
        };
        // From the button that linked it, which goes now.
        FocusGuard::anywhere().move_to(&entry.element_id());
        Some(
            view! {
                <span class="link-button__words" part="linked" id=entry.element_id() tabindex="-1" prop:textContent=said></span>
            }
            .into_any(),
        )
    });
    let below = dynamic(move || {
        let entry = entry.get()?;
        let failures = notices(store, &entry, false);
        Some(view! { <WindowLinkStatus store entry /> {failures} }.into_any())
    });
    view! {
        <div class="link-button">
            {content}
            <ListNotices store />
            {below}
        </div>
        <UnlinkDialog store />
        <DeviceFlowModal store />
    }
    .into_any()
}

/// In place of the button, where there is nothing to link.
fn missing(store: View) -> Option<AnyView> {
    let list = store.list.read();
    let said = match (&list.error, list.loaded) {
        (_, true) => text::unknown_provider(),
        // Why stands below, with what can be done.
        (Some(_), false) => return None,
        (None, false) => text::progress::LOADING,
    };
    // A form that misses the link points here.
    Some(
        view! { <span class="link-button__words" tabindex="-1" prop:textContent=said></span> }
            .into_any(),
    )
}

/// In place of the button, where nothing is to be linked any more.
fn said_instead(entry: &ProviderEntry) -> Option<String> {
    match entry.state() {
        state @ ProviderState::NoLongerConfigured => Some(text::state_label(state).to_owned()),
        _ if works(entry) => Some(text::button_linked(entry.login().as_deref())),
        _ => None,
    }
}

/// The same one while it links: it has the focus.
fn button(store: View, entry: ProviderEntry, disabled: RwSignal<bool>) -> AnyView {
    let words = {
        let entry = entry.clone();
        words(move || {
            let running = store.linking.window;
            let running = running.read();
            if running
                .as_ref()
                .is_some_and(|link| link.provider == entry.id)
            {
                text::button_waiting(&entry.name.read())
            } else {
                text::device_title(&entry.name.read())
            }
        })
    };
    let press = move |_| {
        store.link(&entry);
    };
    view! {
        <button type="button" class="button button--main" part="button" disabled=flag(move || disabled.get())
            on:click=press prop:textContent=words></button>
    }
    .into_any()
}
