use external_auth_core::{ActionPlace, ProviderAction, ProviderState, RowPart};
use leptos::prelude::*;

use super::account_line::{AccountLine, outside_link};
use super::attr::{attr, text_attr};
use super::installation_list::InstallationList;
use super::provider_details::{copy_details, provider_details};
use super::provider_fact::provider_fact;
use super::row_reader::RowReader;
use super::token_facts::token_facts;
use crate::reactive::dynamic;
use crate::session::ProviderRow;
use crate::text::{self, detail};
use crate::view::View;

/// What an opened row shows below its line: the advice in full; the account, the
/// installations, the facts of the token with exact times, and what an operator
/// asks for, in two columns; and the actions that the line does not show, with
/// words.
///
/// A part is drawn again only when its [`RowPart`] changes.
pub(crate) fn provider_panel(view: View, row: ProviderRow) -> AnyView {
    view! {
        {advice(&row)}
        <dl class="provider-facts">
            {account_and_installations(view, &row)}
            {token_facts(view, &row)}
            {provider_details(&row)}
        </dl>
        <div class="provider-card__actions">
            {actions(&row)}
            {manage(&row)}
            {copy_details(view, &row)}
        </div>
    }
    .into_any()
}

fn advice(row: &ProviderRow) -> AnyView {
    let model = RowReader::new(row, RowPart::Advice);
    dynamic(move || {
        let model = model.read();
        // The line says it in full where it is about something to do.
        let line = text::state_line(model.state, &model.name);
        let advice = [
            text::state_advice(model.state, &model.name)
                .filter(|advice| *advice != line || model.state == ProviderState::Renewing),
            (model.lacks_install_address).then(|| text::no_install_address(&model.name)),
        ];
        let advice = advice.map(|advice| {
            advice.map(|advice| {
                view! { <p class="provider-card__advice" prop:textContent=advice></p> }.into_any()
            })
        });
        Some(advice.into_any())
    })
}

/// Who is linked and where the app is installed.
fn account_and_installations(view: View, row: &ProviderRow) -> AnyView {
    let model = RowReader::new(row, RowPart::Account);
    let row = row.clone();
    dynamic(move || {
        let model = model.read();
        let account = (model.account.clone()).map(|account| {
            let origins = view.session.origins();
            provider_fact(
                detail::ACCOUNT,
                view! { <AccountLine account origins /> }.into_any(),
            )
        });
        let installations = (!model.installations.is_empty()).then(|| {
            let row = row.clone();
            let (installations, install_url) =
                (model.installations.clone(), model.install_url.clone());
            provider_fact(
                detail::INSTALLATIONS,
                view! { <InstallationList view row installations install_url /> }.into_any(),
            )
        });
        Some([account, installations].into_any())
    })
}

/// The actions that the line does not show. A click on them is heard by the
/// list of rows.
fn actions(row: &ProviderRow) -> AnyView {
    let model = RowReader::new(row, RowPart::Actions);
    dynamic(move || {
        let model = model.read();
        let buttons: Vec<_> = [
            ProviderAction::Check,
            ProviderAction::Reauthenticate,
            ProviderAction::Unlink,
        ]
        .into_iter()
        .filter(|action| {
            let place = model.action(*action).place;
            place.is_some_and(|place| place != ActionPlace::Main)
        })
        .map(|action| {
            let offer = model.action(action);
            let busy = if offer.is_busy { "true" } else { "false" };
            let running = if offer.is_running { "true" } else { "false" };
            view! {
                <button {..attr("type", "button")} {..attr("part", "button")} class="button"
                    {..attr("data-action", action.as_str())} {..attr("aria-disabled", busy)} {..attr("aria-busy", running)}
                    {..text_attr("aria-label", text::action_name(action, offer, &model.name))}
                    prop:textContent=text::action_label(action, false, offer.place)></button>
            }
            .into_any()
        })
        .collect();
        Some(buttons.into_any())
    })
}

/// Where the provider lists the applications that the person has authorized.
fn manage(row: &ProviderRow) -> AnyView {
    let model = RowReader::new(row, RowPart::Details);
    let row = row.clone();
    dynamic(move || {
        let is_linked = model.read().state.is_linked();
        let url = row.authorizations_url().filter(|_| is_linked)?;
        Some(outside_link(&url, text::manage_link(url.host())))
    })
}
