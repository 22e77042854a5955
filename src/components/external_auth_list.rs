use external_auth_core::ListSummary;
use leptos::prelude::*;

use super::attr::{attr, text_attr};
use super::drawings::{dialogs, drawn_later};
use super::list_notices::ListNotices;
use super::list_search::{ListSearch, is_searched};
use super::list_skeleton::ListSkeleton;
use super::provider_rows::provider_rows;
use super::rows_layout::RowsLayout;
use crate::reactive::{dynamic, memo, words};
use crate::text::{self, button, progress};
use crate::view::{TITLE_ID, View};

/// The providers of a deployment, and what the person has linked.
#[component]
pub fn ExternalAuthList(view: View) -> impl IntoView {
    view.watch_viewport();
    let first_load = memo(move || {
        let list = view.session.list.read();
        list.loading && !list.loaded
    });
    let skeleton = dynamic(move || {
        first_load
            .get()
            .then(|| view! { <ListSkeleton cards=skeleton_cards(view) /> }.into_any())
    });
    let loaded = memo(move || view.session.list.read().loaded);
    let summary = memo(move || view.summary());
    let summary_line = dynamic(move || {
        loaded
            .get()
            .then(|| view! { <SummaryLine view summary /> }.into_any())
    });
    let rows = dynamic(move || {
        loaded
            .get()
            .then(|| view! { <Rows view summary /> }.into_any())
    });
    view! {
        <section class="external-auth-list" {..attr("part", "list")} prop:ariaBusy=words(move || view.session.list.read().loading.to_string())>
            <header class="external-auth-list__head">
                <h1 {..text_attr("id", TITLE_ID)} {..attr("tabindex", "-1")} prop:ariaLevel=view.heading_level(1) {..attr("part", "heading")}>{text::title()}</h1>
                {summary_line}
            </header>
            <ListNotices view />
            {skeleton}
            {rows}
            {dialogs(view)}
        </section>
    }
}

/// The number of placeholder cards: as many as the list will have if this is
/// known, and at most three, which fill a screen.
fn skeleton_cards(view: View) -> usize {
    match view.only.read_untracked().len() {
        0 => 3,
        named => named.min(3),
    }
}

#[component]
fn SummaryLine(view: View, summary: Memo<ListSummary>) -> impl IntoView {
    let line = words(move || text::summary(summary.get()));
    let loading = move || view.session.list.read().loading;
    let refresh = words(move || {
        if loading() {
            progress::LOADING
        } else {
            button::REFRESH
        }
        .to_owned()
    });
    view! {
        <p class="external-auth-list__summary" {..attr("part", "summary")} prop:textContent=line></p>
        <div class="external-auth-list__actions">
            {drawn_later(move |drawings| Some(drawings.attention_elsewhere(view)))}
            {drawn_later(move |drawings| Some(drawings.check_all_bar(view)))}
            <button {..attr("type", "button")} class="button button--quiet" prop:ariaDisabled=words(move || loading().to_string())
                on:click=move |_| view.reload() prop:textContent=refresh></button>
        </div>
    }
}

#[component]
fn Rows(view: View, summary: Memo<ListSummary>) -> impl IntoView {
    let empty = memo(move || view.rows().is_empty());
    let no_providers =
        drawn_later(move |drawings| empty.get().then(|| drawings.no_providers(view)));
    let searched = memo(move || is_searched(view));
    let shown = memo(move || view.shown_rows());
    let count = memo(move || shown.read().len());
    let search = dynamic(move || {
        searched
            .get()
            .then(|| view! { <ListSearch view summary shown=count /> }.into_any())
    });
    let none_fits = drawn_later(move |drawings| {
        let fits_none = !empty.get() && count.get() == 0;
        fits_none.then(|| drawings.nothing_found(view))
    });
    view! {
        {no_providers}
        {search}
        {none_fits}
        {provider_rows(view, move || view.rows(), shown, RowsLayout::Groups)}
    }
}

/// Says that the deployment has no providers.
pub(super) fn no_providers(view: View) -> AnyView {
    let (heading, explanation) = text::empty_list();
    let docs_url = view.config().docs_url.to_string();
    view! {
        <div class="no-providers">
            <h2>{heading}</h2>
            <p>{explanation}</p>
            <a {..text_attr("href", docs_url)} {..attr("target", "_blank")} {..attr("rel", "noopener noreferrer")}>{text::docs_link()}</a>
        </div>
    }
    .into_any()
}
