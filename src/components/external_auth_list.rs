use external_auth_core::ListSummary;
use leptos::prelude::*;

use super::check_all_bar::check_all_bar;
use super::device_flow_modal::DeviceFlowModal;
use super::list_notices::ListNotices;
use super::list_search::{ListSearch, is_searched, nothing_found};
use super::list_skeleton::ListSkeleton;
use super::provider_card::ProviderCard;
use super::unlink_dialog::UnlinkDialog;
use crate::reactive::{aria_flag, dynamic, flag, memo, words};
use crate::session::ProviderEntry;
use crate::text::{self, button, progress};
use crate::view::{TITLE_ID, View};

/// The providers of a deployment, and what the person has linked.
#[component]
pub fn ExternalAuthList(store: View) -> impl IntoView {
    store.watch_viewport();
    let first_load = memo(move || {
        let list = store.list.read();
        list.loading && !list.loaded
    });
    let skeleton = dynamic(move || {
        first_load
            .get()
            .then(|| view! { <ListSkeleton cards=skeleton_cards(store) /> }.into_any())
    });
    let loaded = memo(move || store.list.read().loaded);
    let summary = memo(move || ListSummary::of(store.rows().iter().map(ProviderEntry::status)));
    let summary_line = dynamic(move || {
        loaded
            .get()
            .then(|| view! { <SummaryLine store summary /> }.into_any())
    });
    let rows = dynamic(move || {
        loaded
            .get()
            .then(|| view! { <Rows store summary /> }.into_any())
    });
    view! {
        <section class="external-auth-list" part="list" aria-busy=words(move || store.list.read().loading.to_string())>
            <header class="external-auth-list__head">
                <h1 id=TITLE_ID tabindex="-1" prop:ariaLevel=store.heading_level(1) part="heading">{text::title()}</h1>
                {summary_line}
            </header>
            <ListNotices store />
            {skeleton}
            {rows}
            <UnlinkDialog store />
            <DeviceFlowModal store />
        </section>
    }
}

/// The number of placeholder cards: as many as the list will have if this is
/// known, and at most three, which fill a screen.
fn skeleton_cards(store: View) -> usize {
    match store.only.read_untracked().len() {
        0 => 3,
        named => named.min(3),
    }
}

#[component]
fn SummaryLine(store: View, summary: Memo<ListSummary>) -> impl IntoView {
    let line = words(move || text::summary(summary.get()));
    let loading = move || store.list.read().loading;
    let refresh = words(move || {
        if loading() {
            progress::LOADING
        } else {
            button::REFRESH
        }
        .to_owned()
    });
    view! {
        <p class="external-auth-list__summary" part="summary" prop:textContent=line></p>
        <div class="external-auth-list__actions">
            {check_all_bar(store)}
            <button type="button" class="button button--quiet" aria-disabled=aria_flag(loading)
                on:click=move |_| store.reload() prop:textContent=refresh></button>
        </div>
    }
}

#[component]
fn Rows(store: View, summary: Memo<ListSummary>) -> impl IntoView {
    let empty = memo(move || store.rows().is_empty());
    let no_providers = dynamic(move || empty.get().then(|| no_providers(store)));
    let field = NodeRef::new();
    let searched = memo(move || is_searched(store));
    let shown = memo(move || {
        let rows = store.rows();
        rows.iter().filter(|entry| store.shows(entry)).count()
    });
    let search = dynamic(move || {
        searched
            .get()
            .then(|| view! { <ListSearch store summary shown field /> }.into_any())
    });
    let none_fits = memo(move || !empty.get() && shown.get() == 0);
    let none_fits = dynamic(move || none_fits.get().then(|| nothing_found(store, field)));
    view! {
        {no_providers}
        {search}
        {none_fits}
        {cards(store, empty)}
    }
}

/// The cards of all providers of this view. Hidden while there are none.
pub(crate) fn cards(store: View, empty: Memo<bool>) -> AnyView {
    view! {
        <ul class="external-auth-list__rows" role="list" hidden=flag(move || empty.get())>
            <For each=store.each_row() key=|entry| entry.id.clone() let:entry>
                <ProviderCard store entry />
            </For>
        </ul>
    }
    .into_any()
}

fn no_providers(store: View) -> AnyView {
    let (heading, explanation) = text::empty_list();
    let docs_url = store.config().docs_url.to_string();
    view! {
        <div class="no-providers">
            <h2>{heading}</h2>
            <p>{explanation}</p>
            <a href=docs_url target="_blank" rel="noopener noreferrer">{text::docs_link()}</a>
        </div>
    }
    .into_any()
}
