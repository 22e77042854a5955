use external_auth_core::{ProviderAction, SafeUrl};
use leptos::prelude::*;

use super::attr::{attr, text_attr};
use super::text_span::{hidden_name, live_text_span};
use crate::reactive::{aria_flag, dynamic, flag, words};
use crate::session::{ProviderRow, RowReader};
use crate::text::{button, progress};
use crate::view::View;

/// What can be done with a provider; what its state asks for stands out.
///
/// The buttons keep their places and are only hidden, so that the focus stays
/// on a button while the card around it changes.
#[component]
pub(super) fn ProviderActions(view: View, row: ProviderRow, model: RowReader) -> impl IntoView {
    let action = {
        let row = row.clone();
        move |action| action_button(view, model, row.clone(), action)
    };
    view! {
        <div class="provider-actions">
            {install_link(view, model, row)}
            {action(ProviderAction::Link)}
            {action(ProviderAction::Check)}
            {action(ProviderAction::Reauthenticate)}
            {action(ProviderAction::Unlink)}
        </div>
    }
}

fn action_button(
    view: View,
    model: RowReader,
    row: ProviderRow,
    action: ProviderAction,
) -> AnyView {
    let name = row.name;
    let offer = move || model.read().action(action);
    let label = words(move || label(action, offer().is_running).to_owned());
    let press = move |_| {
        if !untrack(offer).is_busy {
            view.act(action, &row);
        }
    };
    view! {
        <button {..attr("type", "button")} {..attr("part", "button")} class=words(move || button_class(offer().stands_out).to_owned())
            hidden=flag(move || !offer().is_offered)
            // Not `disabled`, which would drop the focus.
            aria-disabled=aria_flag(move || offer().is_busy)
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

fn install_link(view: View, model: RowReader, row: ProviderRow) -> AnyView {
    dynamic(move || {
        let model = model.read();
        let is_offered = model.action(ProviderAction::Install).is_offered;
        let url = model.install_url.as_ref().filter(|_| is_offered)?;
        Some(install(view, row.clone(), url))
    })
}

fn install(view: View, row: ProviderRow, url: &SafeUrl) -> AnyView {
    let name = row.name;
    view! {
        <a class=button_class(true) {..attr("part", "button")} {..text_attr("href", url.to_string())} {..attr("target", "_blank")} {..attr("rel", "noopener noreferrer")}
            on:click=move |_| view.act(ProviderAction::Install, &row)>
            {button::INSTALL_APP}{hidden_name(name)}
        </a>
    }
    .into_any()
}
