use std::sync::Arc;

use external_auth_core::RowPart;
use leptos::html::Li;
use leptos::prelude::*;

use super::account_line::AccountLine;
use super::attr::{attr, text_attr};
use super::installation_list::InstallationList;
use super::notice_box::NoticeBox;
use super::provider_actions::ProviderActions;
use super::provider_details::ProviderDetails;
use super::provider_icon::ProviderIcon;
use super::revocation_warning_box::revocation_warning_box;
use super::state_badge::StateBadge;
use super::token_line::TokenLine;
use super::window_link_status::WindowLinkStatus;
use crate::platform::FocusGuard;
use crate::reactive::{dynamic, effect, flag, memo, unsubscribe_on_cleanup, words};
use crate::session::ProviderRow;
use crate::text::{self, Tone};
use crate::view::{View, card_id};

/// The card of one provider: its name, its state, who is linked, and what can be
/// done.
///
/// A part of the card is drawn again only when its [`RowPart`] changes.
#[component]
pub fn ProviderCard(view: View, row: ProviderRow) -> impl IntoView {
    let name = row.name;
    let hidden = {
        let row = row.clone();
        memo(move || !view.shows(&row))
    };
    let hidden = flag(move || hidden.get());
    let actions = row.part(RowPart::Actions);
    let busy = words(move || actions.read().pending.is_some().to_string());
    let list_item = NodeRef::<Li>::new();
    effect(move || {
        if let Some(element) = list_item.get() {
            view.watch_card(&element);
        }
    });
    view! {
        <li class="provider-card" {..attr("part", "card")} {..attr("role", "listitem")} {..text_attr("id", card_id(&row.id))} {..attr("tabindex", "-1")}
            node_ref=list_item hidden=hidden aria-label=name aria-busy=busy>
            <div class="provider-card__head">
                {icon(&row)}
                <h2 prop:ariaLevel=view.heading_level(2) prop:textContent=name></h2>
                <StateBadge row=row.clone() />
            </div>
            <div class="provider-card__body">
                {warning(view, &row)}
                {advice(&row)}
                {account_and_installations(view, &row)}
                <TokenLine view row=row.clone() />
                <WindowLinkStatus view row=row.clone() />
                {notices(view, &row, true)}
                <ProviderDetails view row=row.clone() />
            </div>
            <ProviderActions view row=row.clone() model=actions />
        </li>
    }
    .into_any()
}

/// An icon that does not load is not tried again with every answer.
fn icon(row: &ProviderRow) -> AnyView {
    let model = row.part(RowPart::Icon);
    dynamic(move || {
        let model = model.read();
        let (icon, name) = (model.icon.clone(), model.name.clone());
        Some(view! { <ProviderIcon icon name /> }.into_any())
    })
}

fn warning(view: View, row: &ProviderRow) -> AnyView {
    let model = row.part(RowPart::Warning);
    let card = card_id(&row.id);
    dynamic(move || {
        let warning = model.read().warning.clone()?;
        Some(revocation_warning_box(view, warning, &card))
    })
}

fn advice(row: &ProviderRow) -> AnyView {
    let model = row.part(RowPart::Advice);
    let name = row.name;
    dynamic(move || {
        let model = model.read();
        let name = name.read();
        let advice = [
            text::state_advice(model.state, &name),
            (model.lacks_install_address).then(|| text::no_install_address(&name)),
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
    let model = row.part(RowPart::Account);
    let row = row.clone();
    dynamic(move || {
        let model = model.read();
        let account =
            (model.account.clone()).map(|account| view! { <AccountLine account /> }.into_any());
        let installations = (!model.installations.is_empty()).then(|| {
            let row = row.clone();
            let (installations, install_url) =
                (model.installations.clone(), model.install_url.clone());
            view! { <InstallationList view row installations install_url /> }.into_any()
        });
        Some([account, installations].into_any())
    })
}

/// The results of what was done, the oldest first; with `successes` also those
/// that a state beside them says as well.
pub(crate) fn notices(view: View, row: &ProviderRow, successes: bool) -> AnyView {
    let id = Arc::clone(&row.id);
    let each = move || {
        unsubscribe_on_cleanup();
        let mut notices = view.notices_of(&id);
        notices.retain(|card| successes || card.notice.tone != Tone::Success);
        notices
    };
    let row = row.clone();
    view! {
        <For each=each key=|card| card.number let(card)>
            {
                let row = row.clone();
                let dismiss = Callback::new(move |()| {
                    let card_id = card_id(&row.id);
                    FocusGuard::within(&card_id).move_to(&card_id);
                    view.dismiss_notice(card.number);
                });
                view! { <NoticeBox notice=card.notice region=view.announcement dismiss /> }
            }
        </For>
    }
    .into_any()
}
