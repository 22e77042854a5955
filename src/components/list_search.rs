use external_auth_core::{ListFilter, ListSummary};
use leptos::html::Input;
use leptos::prelude::*;

use super::attr::{attr, text_attr};
use super::drawings::drawn_later;
use crate::platform::{FocusGuard, in_next_task};
use crate::reactive::{dynamic, words};
use crate::text::{self, button};
use crate::view::View;

/// A list of up to this length needs no search.
const MAX_WITHOUT_SEARCH: usize = 7;
/// The id of the field. A page has one.
pub(super) const SEARCH_ID: &str = "external-auth-search";

/// Whether to show the search: when the list is long, or when a search or
/// filter is active already, for example from the page's address.
pub(super) fn is_searched(view: View) -> bool {
    view.rows().len() > MAX_WITHOUT_SEARCH || view.is_searched()
}

/// Searches a long list by words, and filters it by state. The page's address
/// keeps both.
#[component]
pub(super) fn ListSearch(
    view: View,
    summary: Memo<ListSummary>,
    shown: Memo<usize>,
) -> impl IntoView {
    // An embedding page may use the same key, so an element listens to none.
    let has_keys = view.config().embedding.is_none();
    let field = NodeRef::<Input>::new();
    let key = drawn_later(move |drawings| Some(drawings.search_keys(view, field, shown, has_keys)));
    let filters: Vec<_> = (ListFilter::EVERY.into_iter())
        .map(|filter| filter_button(view, filter, summary))
        .collect();
    let count = dynamic(move || {
        let all = summary.get().shown_by(ListFilter::All);
        let shown = shown.get();
        (shown != all).then(|| {
            view! { <p class="list-search__count" prop:textContent=text::shown_count(shown, all)></p> }.into_any()
        })
    });
    view! {
        <div class="list-search" {..attr("role", "search")}>
            <div class="list-search__field">
                <input {..attr("type", "search")} {..attr("id", SEARCH_ID)} class="search-field" {..text_attr("aria-label", text::search_label())}
                    {..text_attr("placeholder", text::search_label())} {..attr("autocomplete", "off")}
                    prop:value=view.query node_ref=field
                    on:input=move |_| search(view, field) />
                {key}
            </div>
            <div class="list-search__filters" {..attr("role", "group")} {..text_attr("aria-label", text::filter_group())}>{filters}</div>
            {count}
        </div>
    }
    .into_any()
}

/// Searches for what is in the field. A search of a long list takes a while, so the
/// browser first ends the task in which the field has changed.
fn search(view: View, field: NodeRef<Input>) {
    in_next_task(move || {
        if let Some(field) = field.get_untracked() {
            view.query.set(field.value());
        }
    });
}

/// Shown in place of the rows when none matches.
pub(super) fn nothing_found(view: View) -> AnyView {
    let clear = move |_| {
        // The button is removed, so the focus needs a new place.
        let focus = FocusGuard::anywhere();
        view.query.set(String::new());
        view.filter.set(ListFilter::All);
        focus.move_to(SEARCH_ID);
    };
    view! {
        <div class="no-providers">
            <p>{text::nothing_found()}</p>
            <button {..attr("type", "button")} class="button" on:click=clear>{button::CLEAR_SEARCH}</button>
        </div>
    }
    .into_any()
}

fn filter_button(view: View, filter: ListFilter, summary: Memo<ListSummary>) -> AnyView {
    let pressed = words(move || (view.filter.get() == filter).to_string());
    let count = words(move || summary.get().shown_by(filter).to_string());
    view! {
        <button {..attr("type", "button")} class="button" prop:ariaPressed=pressed
            on:click=move |_| view.filter.set(filter)>{text::filter_label(filter)} " " <span prop:textContent=count></span></button>
    }
    .into_any()
}
