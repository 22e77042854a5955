use external_auth_core::{ProviderAction, SafeUrl};
use leptos::prelude::*;

use super::text_span::{hidden_name, live_text_span};
use crate::reactive::{aria_flag, dynamic, flag, memo, words};
use crate::store::{ExternalAuthStore, ProviderEntry};
use crate::text::{button, progress};

/// What can be done with a provider; what its state asks for stands out.
///
/// The buttons keep their places and are only hidden, so that the focus stays
/// on a button while the card around it changes.
#[component]
pub(super) fn ProviderActions(store: ExternalAuthStore, entry: ProviderEntry) -> impl IntoView {
    let link = Callback::new({
        let entry = entry.clone();
        move |()| store.link(&entry)
    });
    let check = Callback::new({
        let entry = entry.clone();
        move |()| store.check(entry.clone())
    });
    let unlink = Callback::new({
        let entry = entry.clone();
        move |()| drop(store.ask_unlink(&entry))
    });
    let action = |action, run| action_button(&entry, action, run);
    view! {
        <div class="provider-actions">
            {install_link(store, &entry)}
            {action(ProviderAction::Link, link)}
            {action(ProviderAction::Check, check)}
            {action(ProviderAction::Reauthenticate, link)}
            {action(ProviderAction::Unlink, unlink)}
        </div>
    }
}

fn action_button(entry: &ProviderEntry, action: ProviderAction, run: Callback<()>) -> AnyView {
    let name = entry.name;
    let entry = entry.clone();
    let offer = memo(move || entry.model().action(action));
    let label = words(move || label(action, offer.get().is_running).to_owned());
    let press = move |_| {
        if !offer.get_untracked().is_busy {
            run.run(());
        }
    };
    view! {
        <button type="button" part="button" class=words(move || button_class(offer.get().stands_out).to_owned())
            hidden=flag(move || !offer.get().is_offered)
            // Not `disabled`, which would drop the focus.
            aria-disabled=aria_flag(move || offer.get().is_busy)
            on:click=press>
            {live_text_span(label)}{hidden_name(name)}
        </button>
    }
    .into_any()
}

fn label(action: ProviderAction, is_running: bool) -> &'static str {
    match action {
        ProviderAction::Check if is_running => progress::CHECKING,
        ProviderAction::Unlink if is_running => progress::UNLINKING,
        ProviderAction::Install => button::INSTALL_APP,
        ProviderAction::Link => button::LINK,
        ProviderAction::Reauthenticate => button::REAUTHENTICATE,
        ProviderAction::Check => button::CHECK,
        ProviderAction::Unlink => button::UNLINK,
    }
}

fn button_class(stands_out: bool) -> &'static str {
    if stands_out {
        "button button--main"
    } else {
        "button"
    }
}

fn install_link(store: ExternalAuthStore, entry: &ProviderEntry) -> AnyView {
    let url = memo({
        let entry = entry.clone();
        move || {
            let model = entry.model();
            let is_offered = model.action(ProviderAction::Install).is_offered;
            model.install_url.clone().filter(|_| is_offered)
        }
    });
    let entry = entry.clone();
    dynamic(move || Some(install(store, entry.clone(), &url.get()?)))
}

fn install(store: ExternalAuthStore, entry: ProviderEntry, url: &SafeUrl) -> AnyView {
    let name = entry.name;
    view! {
        <a class=button_class(true) part="button" href=url.to_string() target="_blank" rel="noopener noreferrer"
            on:click=move |_| store.notice_install(&entry)>
            {button::INSTALL_APP}{hidden_name(name)}
        </a>
    }
    .into_any()
}
