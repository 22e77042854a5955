use leptos::prelude::*;
use leptos::task::spawn_local;

use super::attr::attr;
use super::text_span::hidden_name;
use crate::platform::copy_text;
use crate::text::{self, button};

/// A button that copies the text beside it. The result is announced in
/// `region`, a live region of the page or of the dialog that contains the
/// button.
pub(super) fn copy_button(
    words: impl Fn() -> String + 'static,
    name: Signal<String>,
    region: RwSignal<String>,
) -> AnyView {
    let words: Box<dyn Fn() -> String> = Box::new(words);
    let copy = move |_| {
        let words = words();
        // A screen reader repeats the same text only if it was cleared before.
        region.set(String::new());
        spawn_local(async move {
            let said = if copy_text(&words).await {
                text::details_copied()
            } else {
                text::details_not_copied()
            };
            region.try_set(said.to_owned());
        });
    };
    view! {
        <button {..attr("type", "button")} class="button button--quiet" on:click=copy>
            {button::COPY_DETAILS}{hidden_name(name)}
        </button>
    }
    .into_any()
}
