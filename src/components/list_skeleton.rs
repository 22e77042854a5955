use leptos::prelude::*;

use super::attr::attr;

/// Placeholders for the cards until the first list arrives. With three cards it
/// equals the static skeleton in `index.html`.
#[component]
pub(crate) fn ListSkeleton(cards: usize) -> impl IntoView {
    let cards: Vec<_> = (0..cards).map(|_| view! { <div></div> }).collect();
    view! { <div class="list-skeleton" {..attr("aria-hidden", "true")}>{cards}</div> }
}
