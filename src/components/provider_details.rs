use external_auth_core::RowModel;
use leptos::prelude::*;

use super::account_line::outside_link;
use super::copy_button::copy_button;
use super::text_span::hidden_name;
use crate::reactive::{dynamic, memo};
use crate::store::{ExternalAuthStore, ProviderEntry};
use crate::text::{self, detail};

/// What an operator asks for: id, type, PKCE, and the last answer in the
/// server's words; to be copied. And where the grant is managed at the provider.
#[component]
pub(super) fn ProviderDetails(store: ExternalAuthStore, entry: ProviderEntry) -> impl IntoView {
    let name = entry.name;
    let details = memo({
        let entry = entry.clone();
        move || details(&entry.model())
    });
    let rows = dynamic(move || {
        let rows: Vec<_> = details
            .get()
            .into_iter()
            .map(|(name, value)| {
                view! { <div><dt prop:textContent=name></dt><dd prop:textContent=value></dd></div> }
                    .into_any()
            })
            .collect();
        Some(rows.into_any())
    });
    let copy = copy_button(
        move || {
            let lines: Vec<_> = (details.get_untracked().iter())
                .map(|(name, value)| format!("{name}: {value}"))
                .collect();
            lines.join("\n")
        },
        name,
        store.announcement,
    );
    let manage_url = memo(move || entry.model().manage_url.clone());
    let manage = dynamic(move || {
        let url = manage_url.get()?;
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
fn details(model: &RowModel) -> Vec<(&'static str, String)> {
    let pkce = model.pkce.as_deref().map(|methods| match methods {
        "" => detail::PKCE_NONE.to_owned(),
        methods => methods.to_owned(),
    });
    let mut details = vec![
        (detail::ID, model.id.clone()),
        (detail::TYPE, model.kind.clone()),
        (detail::PKCE, pkce.unwrap_or_default()),
        (detail::ANSWER, model.reason.clone()),
    ];
    details.retain(|(_, value)| !value.is_empty());
    details
}
