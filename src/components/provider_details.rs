use external_auth_core::ProviderRecord;
use leptos::prelude::*;

use super::account_line::outside_link;
use super::copy_button::copy_button;
use super::text_span::hidden_name;
use crate::reactive::dynamic;
use crate::store::{ExternalAuthStore, ProviderEntry};
use crate::text::{self, detail};

/// What an operator asks for: id, type, PKCE, and the last answer in the
/// server's words; to be copied. And where the grant is managed at the provider.
#[component]
pub(super) fn ProviderDetails(store: ExternalAuthStore, entry: ProviderEntry) -> impl IntoView {
    let ProviderEntry {
        id, record, name, ..
    } = entry.clone();
    let rows = {
        let id = id.clone();
        dynamic(move || {
            let rows: Vec<_> = facts(&id, &record.read())
                .into_iter()
                .map(|(name, value)| {
                    view! { <div><dt prop:textContent=name></dt><dd prop:textContent=value></dd></div> }.into_any()
                })
                .collect();
            Some(rows.into_any())
        })
    };
    let copy = copy_button(
        move || {
            let facts = facts(&id, &record.read_untracked());
            let lines: Vec<_> = (facts.iter())
                .map(|(name, value)| format!("{name}: {value}"))
                .collect();
            lines.join("\n")
        },
        name,
        store.announcement,
    );
    let manage = dynamic(move || {
        if !entry.state.get().is_linked() {
            return None;
        }
        let url = store.authorizations_url(&entry)?;
        let words = text::manage_link(url.host());
        Some(outside_link(&url, words))
    });
    view! {
        <details class="provider-details">
            <summary>{detail::TITLE}{hidden_name(name)}</summary>
            <dl>{rows}</dl>
            <p class="provider-details__more">{copy} {manage}</p>
        </details>
    }
    .into_any()
}

/// What there is to tell, each with its name.
fn facts(id: &str, record: &ProviderRecord) -> Vec<(&'static str, String)> {
    let mut facts = vec![(detail::ID, id.to_owned())];
    if let Some(provider) = &record.provider {
        let methods = provider.pkce_methods().join(", ");
        let pkce = if methods.is_empty() {
            detail::PKCE_NONE.to_owned()
        } else {
            methods
        };
        facts.push((detail::TYPE, provider.kind.clone()));
        facts.push((detail::PKCE, pkce));
    }
    facts.push((detail::ANSWER, record.complaint()));
    facts.retain(|(_, value)| !value.is_empty());
    facts
}
