use leptos::prelude::*;

/// Stands where the cards will be, before the first list has come. The same
/// as the static one in `index.html`.
#[component]
pub(crate) fn ListSkeleton() -> impl IntoView {
    view! {
        <div class="list-skeleton" aria-hidden="true">
            <div></div>
            <div></div>
            <div></div>
        </div>
    }
}
