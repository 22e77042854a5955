use external_auth_core::{ImageUrl, ProviderState, SafeUrl};
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

/// One provider: what it is, the one state it is in, who is linked, and what
/// can be done.
#[component]
pub fn ProviderCard(store: ExternalAuthStore, entry: ProviderEntry) -> impl IntoView {
    let ProviderEntry {
        name,
        record,
        state,
        pending,
        warning,
        ..
    } = entry.clone();
    let base = store.config().base_url;
    // What is the same as before is not drawn again: a picture that does not
    // load would be tried again with every answer.
    let icon = memo(move || {
        let icon = (record.read().provider.as_ref())
            .and_then(|provider| ImageUrl::parse(&provider.display_icon, &base));
        (icon, name.get())
    });
    let icon = dynamic(move || {
        let (icon, name) = icon.get();
        Some(view! { <ProviderIcon icon name /> }.into_any())
    });
    let advice = dynamic(move || {
        let advice = text::state_advice(state.get(), &name.read())?;
        Some(view! { <p class="provider-card__advice" prop:textContent=advice></p> }.into_any())
    });
    let lacks_address = memo(move || record.read().lacks_install_address());
    // Beside a link that works: the other states have their own advice.
    let no_address = dynamic(move || {
        let is_told = matches!(
            state.get(),
            ProviderState::Linked | ProviderState::NotVerified
        );
        (is_told && lacks_address.get()).then(|| {
            let words = text::no_install_address(&name.read());
            view! { <p class="provider-card__advice">{words}</p> }.into_any()
        })
    });
    let warning = {
        let card = entry.element_id();
        dynamic(move || Some(revocation_warning_box(store, warning.get()?, &card)))
    };
    let hidden = {
        let entry = entry.clone();
        memo(move || !store.shows(&entry))
    };
    let hidden = flag(move || hidden.get());
    let list_item = NodeRef::<Li>::new();
    effect(move || {
        if let Some(element) = list_item.get() {
            store.watch_card(&element);
        }
    });
    view! {
        <li class="provider-card" part="card" role="listitem" id=entry.element_id() tabindex="-1"
            node_ref=list_item hidden=hidden
            aria-label=name aria-busy=words(move || pending.read().is_some().to_string())>
            <div class="provider-card__head">
                {icon}
                <h2 prop:ariaLevel=store.heading_level(2) prop:textContent=name></h2>
                <StateBadge state />
            </div>
            <div class="provider-card__body">
                {warning}
                {advice}
                {no_address}
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

/// Who is linked and where the app is installed, as a live check said last;
/// nothing of a link that is known not to work.
fn account_and_installations(store: ExternalAuthStore, entry: &ProviderEntry) -> AnyView {
    let ProviderEntry { record, state, .. } = entry.clone();
    let live = memo(move || {
        let record = record.read();
        let live = &record.live.as_ref()?.value;
        let is_broken = matches!(state.get(), ProviderState::NeedsAttention(_));
        let installations = live.installations.clone();
        Some((
            live.user.clone(),
            if is_broken { Vec::new() } else { installations },
            live.app_install_url.clone(),
        ))
    });
    let entry = entry.clone();
    dynamic(move || {
        let (user, installations, install_url) = live.get()?;
        let account = user.map(|account| view! { <AccountLine account /> }.into_any());
        let installations = (!installations.is_empty()).then(|| {
            let entry = entry.clone();
            let install_url = SafeUrl::parse(&install_url);
            view! { <InstallationList store entry installations install_url /> }.into_any()
        });
        Some([account, installations].into_any())
    })
}

/// What came of what was done, the oldest first; with `successes` also what a
/// state beside it says as well.
pub(crate) fn notices(store: ExternalAuthStore, entry: &ProviderEntry, successes: bool) -> AnyView {
    let notices = entry.notices;
    let each = move || {
        unsubscribe_on_cleanup();
        let mut notices = notices.get();
        notices.retain(|(_, notice)| successes || notice.tone != Tone::Success);
        notices
    };
    let entry = entry.clone();
    view! {
        <For each=each key=|(number, _)| *number let((number, notice))>
            {
                let entry = entry.clone();
                let dismiss = Callback::new(move |()| {
                    let card = entry.element_id();
                    FocusGuard::within(&card).move_to(&card);
                    entry.dismiss(number);
                });
                view! { <NoticeBox notice region=store.announcement dismiss /> }
            }
        </For>
    }
    .into_any()
}
