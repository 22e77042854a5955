use std::sync::Arc;

use external_auth_core::RowModel;
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
use crate::store::{ExternalAuthStore, ProviderEntry};
use crate::text::{self, Tone};

/// The row of one provider: its name, its state, who is linked, and what can be
/// done.
///
/// A part of the card is drawn again only when its part of the
/// [`RowModel`] changes.
#[component]
pub fn ProviderCard(store: ExternalAuthStore, entry: ProviderEntry) -> impl IntoView {
    let name = entry.name;
    let hidden = {
        let entry = entry.clone();
        memo(move || !store.shows(&entry))
    };
    let hidden = flag(move || hidden.get());
    let busy = {
        let entry = entry.clone();
        words(move || entry.model().pending.is_some().to_string())
    };
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
                {no_install_address(&entry)}
                {account_and_installations(store, &entry)}
                <TokenLine store entry=entry.clone() />
                <WindowLinkStatus store entry=entry.clone() />
                {notices(store, &entry, true)}
                <ProviderDetails store entry=entry.clone() />
            </div>
            <ProviderActions store entry=entry.clone() />
        </li>
    }
    .into_any()
}

/// A part of the model. Its readers run only when that part changes.
fn part<T>(entry: &ProviderEntry, part: fn(&RowModel) -> T) -> Memo<T>
where
    T: PartialEq + Send + Sync + 'static,
{
    let entry = entry.clone();
    memo(move || part(&entry.model()))
}

/// An icon that does not load is not tried again with every answer.
fn icon(entry: &ProviderEntry) -> AnyView {
    let icon = part(entry, |model| (model.icon.clone(), model.name.clone()));
    dynamic(move || {
        let (icon, name) = icon.get();
        Some(view! { <ProviderIcon icon name /> }.into_any())
    })
}

fn warning(store: ExternalAuthStore, entry: &ProviderEntry) -> AnyView {
    let warning = part(entry, |model| model.warning.clone());
    let card = entry.element_id();
    dynamic(move || Some(revocation_warning_box(store, warning.get()?, &card)))
}

fn advice(entry: &ProviderEntry) -> AnyView {
    let entry = entry.clone();
    dynamic(move || {
        let advice = text::state_advice(entry.state(), &entry.name.read())?;
        Some(view! { <p class="provider-card__advice" prop:textContent=advice></p> }.into_any())
    })
}

fn no_install_address(entry: &ProviderEntry) -> AnyView {
    let lacks_address = part(entry, |model| model.lacks_install_address);
    let name = entry.name;
    dynamic(move || {
        lacks_address.get().then(|| {
            let words = text::no_install_address(&name.read());
            view! { <p class="provider-card__advice">{words}</p> }.into_any()
        })
    })
}

/// Who is linked and where the app is installed.
fn account_and_installations(store: ExternalAuthStore, entry: &ProviderEntry) -> AnyView {
    let live = part(entry, |model| {
        (
            model.account.clone(),
            model.installations.clone(),
            model.install_url.clone(),
        )
    });
    let entry = entry.clone();
    dynamic(move || {
        let (account, installations, install_url) = live.get();
        let account = account.map(|account| view! { <AccountLine account /> }.into_any());
        let installations = (!installations.is_empty()).then(|| {
            let entry = entry.clone();
            view! { <InstallationList store entry installations install_url /> }.into_any()
        });
        Some([account, installations].into_any())
    })
}

/// The results of what was done, the oldest first; with `successes` also those
/// that a state beside them says as well.
pub(crate) fn notices(store: ExternalAuthStore, entry: &ProviderEntry, successes: bool) -> AnyView {
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
