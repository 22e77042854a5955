use external_auth_core::{DeviceEnd, DeviceView};
use leptos::html::Dialog;
use leptos::prelude::*;

use super::attr::attr;
use super::device_flow_panel::DeviceFlowPanel;
use super::modal_dialog::{is_closed, modal_dialog};
use crate::linking::DeviceLink;
use crate::reactive::{dynamic, effect, memo};
use crate::text::{self, button};
use crate::view::View;

/// Links a provider by the device flow (RFC 8628), in a dialog. Polling
/// stops when the dialog is closed. The dialog closes automatically when the
/// account is linked.
#[component]
pub fn DeviceFlowModal(view: View) -> impl IntoView {
    let link = memo(move || view.device_dialog.get());
    dynamic(move || {
        let link = link.get()?;
        Some(view! { <OpenModal view link /> }.into_any())
    })
}

#[component]
fn OpenModal(view: View, link: DeviceLink) -> impl IntoView {
    let name = link.row.name.get_untracked();
    let dialog = NodeRef::<Dialog>::new();
    let asked_for = link.clone();
    let close = modal_dialog(dialog, move || {
        view.device_dialog.read().as_ref() == Some(&asked_for)
    });
    let shown = link.shown.clone();
    effect(move || {
        if *shown.read() == DeviceView::Ended(DeviceEnd::Linked) {
            close();
        }
    });
    let shown_link = link.clone();
    let on_close = move |_| {
        if is_closed(dialog) {
            view.close_device_link(&shown_link);
        }
    };
    let cancel = view! {
        <button {..attr("type", "button")} class="button" on:click=move |_| close()>{button::CANCEL}</button>
    }
    .into_any();
    view! {
        <dialog class="dialog device-flow" {..attr("part", "dialog")} {..attr("aria-labelledby", "device-title")} node_ref=dialog
            on:close=on_close>
            <h2 {..attr("id", "device-title")} {..attr("tabindex", "-1")} prop:textContent=text::device_title(&name)></h2>
            <DeviceFlowPanel link cancel />
        </dialog>
    }
}
