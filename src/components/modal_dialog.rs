use leptos::html::Dialog;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, HtmlDialogElement, KeyboardEvent};

use super::resting_rows::RestingRows;
use crate::platform::{Listener, in_next_task};
use crate::reactive::{effect, unsubscribe_on_cleanup};

/// Opens a `<dialog>` as a modal dialog when it is on the page. What is returned
/// closes it.
///
/// `is_asked_for`: whether the dialog is wanted. It is called again when one of its
/// signals changes, and a dialog that has been closed since is opened again: the
/// browser tells that a dialog is closed in a later task ([`is_closed`]), and the
/// person may have pressed the button before.
///
/// The browser's modal dialog holds the focus, closes on Escape, and moves the
/// focus back. No other script hears that Escape: see [`keep_escape`].
pub(super) fn modal_dialog(
    dialog: NodeRef<Dialog>,
    is_asked_for: impl Fn() -> bool + 'static,
) -> impl Fn() + Copy + Send + Sync + 'static {
    let resting = StoredValue::new_local(None);
    on_cleanup(move || {
        resting.try_update_value(|rows: &mut Option<RestingRows>| {
            if let Some(rows) = rows.take() {
                rows.wake();
            }
        });
    });
    effect(move || {
        unsubscribe_on_cleanup();
        let is_asked_for = is_asked_for();
        if let Some(dialog) = dialog.get().filter(|_| is_asked_for) {
            let rows = RestingRows::beside(&dialog);
            let are_many = rows.are_many();
            resting.set_value(Some(rows));
            let open = move || {
                // It throws only for a dialog that is not on the page any more.
                let _ = dialog.show_modal();
            };
            // Two short tasks in place of a long one.
            if are_many {
                in_next_task(open);
            } else {
                open();
            }
        }
    });
    let keep = move |event: Event| {
        if let Some(dialog) = dialog.get_untracked() {
            keep_escape(&event, &dialog);
        }
    };
    // The listener is dropped together with the dialog. The window's capturing
    // listeners are called before those of the document, where dialogs of other
    // libraries listen.
    StoredValue::new_local(Listener::capturing(&window(), "keydown", keep));
    move || {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    }
}

/// Whether a dialog is closed. When it tells that it was closed, it may be open again.
pub(super) fn is_closed(dialog: NodeRef<Dialog>) -> bool {
    !(dialog.get_untracked()).is_some_and(|dialog| dialog.open())
}

/// Hides an Escape that closes this dialog from the page around an element,
/// whose own dialog would close too. The browser closes ours in any case.
fn keep_escape(event: &Event, dialog: &HtmlDialogElement) {
    let is_escape = (event.dyn_ref::<KeyboardEvent>()).is_some_and(|key| key.key() == "Escape");
    if !is_escape || !dialog.open() {
        return;
    }
    let path = event.composed_path();
    let body = document().body().map_or(JsValue::NULL, JsValue::from);
    // The body has the focus when what had it in the dialog has gone. A dialog
    // that the page has opened above this one has its own focus.
    if path.includes(dialog, 0) || path.get(0) == body {
        event.stop_propagation();
    }
}
