use leptos::html::Dialog;
use leptos::prelude::*;

use crate::reactive::{dynamic, effect, unsubscribe_on_cleanup};
use crate::store::{ExternalAuthStore, ProviderEntry};
use crate::text::{self, button};

/// Asks before a link is removed, and says what that will do for this
/// provider. The browser's own modal dialog: it holds the focus, closes on
/// Escape, and gives the focus back.
#[component]
pub(crate) fn UnlinkDialog(store: ExternalAuthStore) -> impl IntoView {
    let candidate = store.unlink_candidate;
    // The question was for somebody who is not signed in any more.
    let changed = store.person_changed;
    let seen = changed.get_untracked();
    effect(move || {
        unsubscribe_on_cleanup();
        if changed.get() != seen
            && let Some(entry) = candidate.get_untracked()
        {
            candidate.set(None);
            store.emit_settled(&entry.id);
        }
    });
    dynamic(move || {
        let entry = candidate.get()?;
        Some(view! { <OpenDialog store entry /> }.into_any())
    })
}

#[component]
fn OpenDialog(store: ExternalAuthStore, entry: ProviderEntry) -> impl IntoView {
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
    let name = entry.name.get_untracked();
    let consequences: Vec<_> = {
        text::unlink_consequences(&name, entry.record.read_untracked().provider.as_ref())
            .into_iter()
            .map(|sentence| view! { <p prop:textContent=sentence></p> })
            .collect()
    };
    let id = entry.id.clone();
    let confirmed = StoredValue::new(false);
    let confirm = move |_| {
        confirmed.set_value(true);
        close();
        store.unlink(entry.clone());
    };
    let on_close = move |_| {
        let confirmed = confirmed.get_value();
        store.unlink_candidate.set(None);
        if !confirmed {
            store.emit_settled(&id);
        }
    };
    view! {
        <dialog class="dialog" part="dialog" role="alertdialog" aria-labelledby="unlink-title"
            aria-describedby="unlink-consequences" node_ref=dialog
            on:close=on_close>
            <h2 id="unlink-title" prop:textContent=text::unlink_title(&name)></h2>
            <div id="unlink-consequences" class="dialog__words">{consequences}</div>
            <div class="dialog__actions">
                <button type="button" class="button" autofocus on:click=move |_| close()>{button::CANCEL}</button>
                <button type="button" class="button button--danger" on:click=confirm>{button::UNLINK}</button>
            </div>
        </dialog>
    }
}
