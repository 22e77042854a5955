use leptos::prelude::*;

/// Stands where the cards will be, before the first list has come. With three
/// the same as the static one in `index.html`.
#[component]
pub(crate) fn ListSkeleton(cards: usize) -> impl IntoView {
    let cards: Vec<_> = (0..cards).map(|_| view! { <div></div> }).collect();
    view! { <div class="list-skeleton" aria-hidden="true">{cards}</div> }
}
