use leptos::prelude::*;

use super::attr::attr;
use crate::text::{self, button};

/// Says that a part of the program could not be fetched, in its place.
pub(crate) fn part_failed(try_again: impl Fn() + 'static) -> AnyView {
    let try_again: Box<dyn Fn()> = Box::new(try_again);
    view! {
        <div class="notice notice--attention" {..attr("role", "alert")}>
            <div class="notice__words"><p>{text::part_failed()}</p></div>
            <button {..attr("type", "button")} class="button" on:click=move |_| try_again()>{button::TRY_AGAIN}</button>
        </div>
    }
    .into_any()
}
