use external_auth_core::ImageUrl;
use leptos::prelude::*;

use super::account_line::AccountLine;
use super::erased::{dynamic, words};
use super::installation_list::InstallationList;
use super::notice_box::NoticeBox;
use super::provider_actions::ProviderActions;
use super::provider_details::ProviderDetails;
use super::provider_icon::ProviderIcon;
use super::state_badge::StateBadge;
use super::token_line::TokenLine;
use super::window_link_status::WindowLinkStatus;
use crate::platform::keep_focus;
use crate::store::{ExternalAuthStore, ProviderEntry};
use crate::text;

/// One provider: what it is, the one state it is in, who is linked, and what
/// can be done.
#[component]
pub fn ProviderCard(store: ExternalAuthStore, entry: ProviderEntry) -> impl IntoView {
    let ProviderEntry {
        name,
        knowledge,
        notice,
        state,
        pending,
        ..
    } = entry.clone();
    let base = store.config().base_url;
    let icon = dynamic(move || {
        let icon = (knowledge.read().provider.as_ref())
            .and_then(|provider| ImageUrl::parse(&provider.display_icon, &base));
        Some(view! { <ProviderIcon icon name=name.get() /> }.into_any())
    });
    let advice = dynamic(move || {
        let advice = text::state_advice(state.get(), &name.read())?;
        Some(view! { <p class="provider-card__advice">{advice}</p> }.into_any())
    });
    let live = dynamic(move || {
        let knowledge = knowledge.read();
        let live = &knowledge.live.as_ref()?.value;
        let account = live
            .user
            .clone()
            .map(|account| view! { <AccountLine account /> }.into_any());
        let installations = live.installations.clone();
        let installations = (!installations.is_empty())
            .then(|| view! { <InstallationList installations /> }.into_any());
        Some([account, installations].into_any())
    });
    let card = entry.element_id();
    let notice = dynamic(move || {
        let value = notice.get()?;
        let card = card.clone();
        let dismiss = Callback::new(move |()| {
            notice.set(None);
            keep_focus(&card);
        });
        Some(view! { <NoticeBox notice=value dismiss /> }.into_any())
    });
    view! {
        <li class="provider-card" role="listitem" id=entry.element_id() tabindex="-1"
            aria-label=name aria-busy=words(move || pending.read().is_some().to_string())>
            <div class="provider-card__head">
                {icon}
                <h2>{name}</h2>
                <StateBadge state />
            </div>
            <div class="provider-card__body">
                {advice}
                {live}
                <TokenLine store entry=entry.clone() />
                <WindowLinkStatus store entry=entry.clone() />
                {notice}
                <ProviderDetails entry=entry.clone() />
            </div>
            <ProviderActions store entry=entry.clone() />
        </li>
    }
    .into_any()
}
