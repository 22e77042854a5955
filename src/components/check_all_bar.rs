use leptos::prelude::*;

use super::attr::{attr, text_attr};
use crate::reactive::{dynamic, memo, words};
use crate::text::{self, button};
use crate::view::View;

/// With fewer linked providers, their own "Check" buttons are enough.
const MIN_PROVIDERS: usize = 2;

/// Checks all linked providers, shows the progress, and offers to stop. One
/// button does both, so that the focus stays on it.
pub(super) fn check_all_bar(view: View) -> AnyView {
    let is_offered = memo(move || view.checkable().len() >= MIN_PROVIDERS);
    let progress = dynamic(move || {
        let check = view.session.check_all.get()?;
        let words = text::check_progress(check.done, check.total);
        Some(
            view! {
                <span class="check-all">
                    <progress {..text_attr("max", check.total.to_string())} {..text_attr("value", check.done.to_string())}
                        {..text_attr("aria-label", text::check_all_label())}></progress>
                    <span prop:textContent=words></span>
                </span>
            }
            .into_any(),
        )
    });
    let label = words(move || {
        let runs = view.session.check_all.read().is_some();
        if runs {
            button::STOP_CHECKING
        } else {
            button::CHECK_ALL
        }
        .to_owned()
    });
    let press = move |_| view.toggle_check_all();
    let button = dynamic(move || {
        let label = label;
        is_offered.get().then(|| {
            view! { <button {..attr("type", "button")} class="button button--quiet" on:click=press prop:textContent=label></button> }
                .into_any()
        })
    });
    view! { {progress} {button} }.into_any()
}
