use leptos::html::Dialog;
use leptos::prelude::*;

use super::attr::attr;
use super::modal_dialog::{is_closed, modal_dialog};
use crate::reactive::{dynamic, memo};
use crate::session::ProviderRow;
use crate::text::{self, button};
use crate::view::View;

/// Asks for confirmation before a link is removed, and lists the consequences.
/// It is a native modal dialog: the browser keeps the focus inside, closes it
/// on Escape, and restores the focus.
#[component]
pub(crate) fn UnlinkDialog(view: View) -> impl IntoView {
    let candidate = memo(move || view.unlink_candidate.get());
    dynamic(move || {
        let row = candidate.get()?;
        Some(view! { <OpenDialog view row /> }.into_any())
    })
}

#[component]
fn OpenDialog(view: View, row: ProviderRow) -> impl IntoView {
    let dialog = NodeRef::<Dialog>::new();
    let candidate = row.clone();
    let close = modal_dialog(dialog, move || {
        view.unlink_candidate.read().as_ref() == Some(&candidate)
    });
    let name = row.name.get_untracked();
    let consequences: Vec<_> = {
        text::unlink_consequences(&name, row.record().provider.as_ref())
            .into_iter()
            .map(|sentence| view! { <p prop:textContent=sentence></p> })
            .collect()
    };
    let confirm = move |_| {
        view.answer_unlink(true);
        close();
    };
    let on_close = move |_| {
        if !is_closed(dialog) {
            return;
        }
        view.unlink_candidate.set(None);
        view.answer_unlink(false);
    };
    view! {
        <dialog class="dialog" {..attr("part", "dialog")} {..attr("role", "alertdialog")} {..attr("aria-labelledby", "unlink-title")}
            {..attr("aria-describedby", "unlink-consequences")} node_ref=dialog
            on:close=on_close>
            <h2 {..attr("id", "unlink-title")} prop:textContent=text::unlink_title(&name)></h2>
            <div {..attr("id", "unlink-consequences")} class="dialog__words">{consequences}</div>
            <div class="dialog__actions">
                <button {..attr("type", "button")} class="button" autofocus on:click=move |_| close()>{button::CANCEL}</button>
                <button {..attr("type", "button")} class="button button--danger" on:click=confirm>{button::UNLINK}</button>
            </div>
        </dialog>
    }
}
