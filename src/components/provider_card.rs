use std::sync::Arc;

use external_auth_core::RowPart;
use leptos::html::Li;
use leptos::prelude::*;

use super::account_line::AccountLine;
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
use crate::session::ProviderEntry;
use crate::text::{self, Tone};
use crate::view::View;

/// The row of one provider: its name, its state, who is linked, and what can be
/// done.
///
/// A part of the card is drawn again only when its [`RowPart`] changes.
#[component]
pub fn ProviderCard(store: View, entry: ProviderEntry) -> impl IntoView {
    let name = entry.name;
    let hidden = {
        let entry = entry.clone();
        memo(move || !store.shows(&entry))
    };
    let hidden = flag(move || hidden.get());
    let actions = entry.part(RowPart::Actions);
    let busy = words(move || actions.read().pending.is_some().to_string());
    let list_item = NodeRef::<Li>::new();
    effect(move || {
        if let Some(element) = list_item.get() {
            store.watch_card(&element);
        }
    });
    view! {
        <li class="provider-card" part="card" role="listitem" id=entry.element_id() tabindex="-1"
            node_ref=list_item hidden=hidden aria-label=name aria-busy=busy>
            <div class="provider-card__head">
                {icon(&entry)}
                <h2 prop:ariaLevel=store.heading_level(2) prop:textContent=name></h2>
                <StateBadge entry=entry.clone() />
            </div>
            <div class="provider-card__body">
                {warning(store, &entry)}
                {advice(&entry)}
                {account_and_installations(store, &entry)}
                <TokenLine store entry=entry.clone() />
                <WindowLinkStatus store entry=entry.clone() />
                {notices(store, &entry, true)}
                <ProviderDetails store entry=entry.clone() />
            </div>
            <ProviderActions store entry=entry.clone() row=actions />
        </li>
    }
    .into_any()
}

/// An icon that does not load is not tried again with every answer.
fn icon(entry: &ProviderEntry) -> AnyView {
    let row = entry.part(RowPart::Icon);
    dynamic(move || {
        let row = row.read();
        let (icon, name) = (row.icon.clone(), row.name.clone());
        Some(view! { <ProviderIcon icon name /> }.into_any())
    })
}

fn warning(store: View, entry: &ProviderEntry) -> AnyView {
    let row = entry.part(RowPart::Warning);
    let card = entry.element_id();
    dynamic(move || {
        let warning = row.read().warning.clone()?;
        Some(revocation_warning_box(store, warning, &card))
    })
}

fn advice(entry: &ProviderEntry) -> AnyView {
    let row = entry.part(RowPart::Advice);
    let name = entry.name;
    dynamic(move || {
        let row = row.read();
        let name = name.read();
        let advice = [
            text::state_advice(row.state, &name),
            (row.lacks_install_address).then(|| text::no_install_address(&name)),
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
fn account_and_installations(store: View, entry: &ProviderEntry) -> AnyView {
    let row = entry.part(RowPart::Account);
    let entry = entry.clone();
    dynamic(move || {
        let row = row.read();
        let account =
            (row.account.clone()).map(|account| view! { <AccountLine account /> }.into_any());
        let installations = (!row.installations.is_empty()).then(|| {
            let entry = entry.clone();
            let (installations, install_url) = (row.installations.clone(), row.install_url.clone());
            view! { <InstallationList store entry installations install_url /> }.into_any()
        });
        Some([account, installations].into_any())
    })
}

/// The results of what was done, the oldest first; with `successes` also those
/// that a state beside them says as well.
pub(crate) fn notices(store: View, entry: &ProviderEntry, successes: bool) -> AnyView {
    let id = Arc::clone(&entry.id);
    // The notices of all cards are one signal: a card is drawn again only when
    // its own change.
    let of_card = memo(move || {
        let mut notices = store.notices_of(&id);
        notices.retain(|card| successes || card.notice.tone != Tone::Success);
        notices
    });
    let each = move || {
        unsubscribe_on_cleanup();
        of_card.get()
    };
    let entry = entry.clone();
    view! {
        <For each=each key=|card| card.number let(card)>
            {
                let entry = entry.clone();
                let dismiss = Callback::new(move |()| {
                    let card_id = entry.element_id();
                    FocusGuard::within(&card_id).move_to(&card_id);
                    store.dismiss_notice(card.number);
                });
                view! { <NoticeBox notice=card.notice region=store.announcement dismiss /> }
            }
        </For>
    }
    .into_any()
}
