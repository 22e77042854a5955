use external_auth_core::DeviceEnd;
use leptos::html::Dialog;
use leptos::prelude::*;

use super::device_flow_panel::DeviceFlowPanel;
use crate::reactive::{dynamic, effect};
use crate::store::{DeviceShown, ExternalAuthStore, ProviderEntry};
use crate::text::{self, button};

/// Links a provider by the device flow (RFC 8628), in a dialog. Closing it
/// stops polling at once; it closes by itself when the account is linked.
#[component]
pub fn DeviceFlowModal(store: ExternalAuthStore) -> impl IntoView {
    dynamic(move || {
        let entry = store.device_candidate.get()?;
        Some(view! { <OpenModal store entry /> }.into_any())
    })
}

#[component]
fn OpenModal(store: ExternalAuthStore, entry: ProviderEntry) -> impl IntoView {
    let name = entry.name.get_untracked();
    let id = entry.id.clone();
    let link = store.begin_device_link(entry);
    let dialog = NodeRef::<Dialog>::new();
    effect(move || {
        if let Some(dialog) = dialog.get() {
            // It throws only for a dialog that is open or off the page.
            let _ = dialog.show_modal();
        }
    });
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let shown = link.shown;
    effect(move || {
        if *shown.read() == DeviceShown::Ended(DeviceEnd::Linked) {
            close();
        }
    });
    let on_close = move |_| {
        // What was linked says so itself, when it has been read.
        let linked = *shown.read_untracked() == DeviceShown::Ended(DeviceEnd::Linked);
        store.device_candidate.set(None);
        if !linked {
            store.emit_settled(&id);
        }
    };
    view! {
        <dialog class="dialog device-flow" part="dialog" aria-labelledby="device-title" node_ref=dialog
            on:close=on_close>
            <h2 id="device-title" tabindex="-1" prop:textContent=text::device_title(&name)></h2>
            <DeviceFlowPanel link />
            <div class="dialog__actions">
                <button type="button" class="button" on:click=move |_| close()>{button::CANCEL}</button>
            </div>
        </dialog>
    }
}
