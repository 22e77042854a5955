use leptos::prelude::*;

use super::attr::attr;
use crate::platform::focus_by_id;
use crate::reactive::{dynamic, memo, words};
use crate::text;
use crate::view::{View, card_id};

/// Says how many rows need attention that are in another group, because rows
/// stay where they are while answers arrive. A press sorts the rows and goes to
/// the first one.
pub(super) fn attention_elsewhere(view: View) -> AnyView {
    let count = memo(move || view.attention_elsewhere().0);
    let is_any = memo(move || count.get() > 0);
    dynamic(move || {
        is_any.get().then(|| {
            let label = words(move || text::attention_elsewhere(count.get()));
            let press = move |_| {
                let (_, first) = untrack(|| view.attention_elsewhere());
                view.session.sort_rows();
                if let Some(row) = first {
                    focus_by_id(&card_id(&row.id));
                }
            };
            view! {
                <button {..attr("type", "button")} class="button button--quiet attention-elsewhere"
                    on:click=press prop:textContent=label></button>
            }
            .into_any()
        })
    })
}
