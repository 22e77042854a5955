use std::sync::Arc;

use external_auth_core::wire::Installation;
use external_auth_core::{InstallationCount, SafeUrl, matches_query};
use leptos::prelude::*;

use super::account_line::{avatar, outside_link, outside_link_with};
use super::attr::{attr, text_attr};
use super::text_span::{named_label, text_span};
use crate::platform::lower_case;
use crate::reactive::{dynamic, words};
use crate::session::ProviderRow;
use crate::text::{self, button};
use crate::view::View;

/// More installations than this are folded away.
const FOLDED: usize = 6;
/// With more installations than this, typing a name is quicker than reading
/// the list.
const SEARCHED: usize = 20;

/// The accounts where the provider's app is installed: the first few, all of
/// them, or those that match a search.
#[component]
pub(super) fn InstallationList(
    view: View,
    row: ProviderRow,
    installations: Vec<Installation>,
    install_url: Option<SafeUrl>,
) -> impl IntoView {
    let all = installations.len();
    let count = InstallationCount::of(all);
    let is_open = RwSignal::new(false);
    let query = RwSignal::new(String::new());
    let installations: Arc<[Installation]> = installations.into();
    let items = {
        let row = row.clone();
        dynamic(move || {
            let query = lower_case(&query.read());
            let most = if is_open.get() { all } else { FOLDED };
            let items: Vec<_> = (installations.iter())
                .filter(|installation| is_found(installation, &query))
                .take(most)
                .map(|installation| installation_row(view, &row, installation))
                .collect();
            Some(if items.is_empty() {
                view! { <li>{text::no_installation_found(count)}</li> }.into_any()
            } else {
                items.into_any()
            })
        })
    };
    let search =
        dynamic(move || (is_open.get() && all > SEARCHED).then(|| search_field(count, query)));
    let toggle = (all > FOLDED).then(|| {
        let label = words(move || {
            if is_open.get() {
                button::SHOW_FEWER.to_owned()
            } else {
                text::show_all_installations(count)
            }
        });
        let provider = row.name;
        let name = words(move || {
            let provider = provider.read();
            if is_open.get() {
                text::show_fewer_accounts(&provider)
            } else {
                text::show_all_accounts(count, &provider)
            }
        });
        let press = move |_| {
            is_open.update(|is_open| *is_open = !*is_open);
            query.set(String::new());
        };
        view! {
            <button {..attr("type", "button")} class="button button--quiet" on:click=press
                aria-expanded=move || is_open.get().to_string()>
                {named_label(label, name)}
            </button>
        }
        .into_any()
    });
    let install = install_url.map(|url| install_more(view, &row, &url));
    view! {
        <div class="installation-list">
            <p prop:textContent=text::app_installed_at(count)></p>
            {search}
            <ul {..attr("role", "list")}>{items}</ul>
            <div class="installation-list__more">{toggle} {install}</div>
        </div>
    }
    .into_any()
}

fn is_found(installation: &Installation, query: &str) -> bool {
    (installation.account.as_ref()).map_or(query.is_empty(), |account| {
        matches_query(query, &[&account.login, &account.name], lower_case)
    })
}

fn search_field(count: InstallationCount, query: RwSignal<String>) -> AnyView {
    let name = text::search_installations(count);
    view! {
        <input {..attr("type", "search")} class="search-field" {..text_attr("aria-label", name.clone())}
            {..text_attr("placeholder", name)} prop:value=query
            on:input=move |event| query.set(event_target_value(&event)) />
    }
    .into_any()
}

fn install_more(view: View, row: &ProviderRow, url: &SafeUrl) -> AnyView {
    let name = row.name;
    let row = row.clone();
    let name = words(move || text::install_more(&name.read()));
    let words = named_label(button::INSTALL_MORE.to_owned().into(), name);
    view! {
        <span on:click=move |_| view.notice_install(&row)>
            {outside_link_with(url, words)}
        </span>
    }
    .into_any()
}

fn installation_row(view: View, row: &ProviderRow, installation: &Installation) -> AnyView {
    let account = installation.account.clone().unwrap_or_default();
    let origins = view.session.origins();
    let avatar = avatar(&account, &origins);
    let configure = origins.link(&installation.configure_url).map(|url| {
        let row = row.clone();
        let name = text::configure(&account.login);
        let words = named_label(button::CONFIGURE.to_owned().into(), name.into());
        // A change in the provider's settings may change this list.
        view! {
            <span on:click=move |_| view.notice_install(&row)>
                {outside_link_with(&url, words)}
            </span>
        }
        .into_any()
    });
    let login = match origins.link(&account.profile_url) {
        Some(url) => outside_link(&url, account.login),
        None => text_span(account.login),
    };
    view! { <li>{avatar} <span class="installation-list__login">{login}</span> {configure}</li> }
        .into_any()
}
