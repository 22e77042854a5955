use leptos::html::Dialog;
use leptos::prelude::*;

use crate::reactive::effect;

/// Opens a `<dialog>` as a modal dialog when it is on the page. What is returned
/// closes it.
///
/// The browser's modal dialog holds the focus, closes on Escape, and moves the
/// focus back.
pub(super) fn modal_dialog(dialog: NodeRef<Dialog>) -> impl Fn() + Copy + Send + Sync + 'static {
    effect(move || {
        if let Some(dialog) = dialog.get() {
            // It throws only for a dialog that is open or not on the page.
            let _ = dialog.show_modal();
        }
    });
    move || {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    }
}
