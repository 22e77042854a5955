use leptos::prelude::*;
use leptos::task::spawn_local;

use super::attr::attr;
use super::text_span::named_label;
use crate::platform::copy_text;
use crate::reactive::words;
use crate::text::{self, button};

/// A button that copies the text beside it. The result is announced in
/// `region`, a live region of the page or of the dialog that contains the
/// button.
pub(super) fn copy_button(
    copied: impl Fn() -> String + 'static,
    name: Signal<String>,
    region: RwSignal<String>,
) -> AnyView {
    let copied: Box<dyn Fn() -> String> = Box::new(copied);
    let copy = move |_| {
        let copied = copied();
        // A screen reader repeats the same text only if it was cleared before.
        region.set(String::new());
        spawn_local(async move {
            let said = if copy_text(&copied).await {
                text::details_copied()
            } else {
                text::details_not_copied()
            };
            region.try_set(said.to_owned());
        });
    };
    let name = words(move || text::copy_details(&name.read()));
    view! {
        <button {..attr("type", "button")} class="button button--quiet" on:click=copy>
            {named_label(button::COPY_DETAILS.to_owned().into(), name)}
        </button>
    }
    .into_any()
}
