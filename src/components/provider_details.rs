use leptos::prelude::*;

use super::erased::dynamic;
use crate::store::ProviderEntry;
use crate::text::detail;

/// What an operator asks for: id, type, PKCE, and the last answer in the
/// server's words.
#[component]
pub(super) fn ProviderDetails(entry: ProviderEntry) -> impl IntoView {
    let ProviderEntry {
        id,
        knowledge,
        name,
        ..
    } = entry;
    let rows = dynamic(move || {
        let knowledge = knowledge.read();
        let mut rows = vec![row(detail::ID, id.to_string())];
        if let Some(provider) = &knowledge.provider {
            let methods = provider.code_challenge_methods_supported.join(", ");
            let pkce = if methods.is_empty() {
                detail::PKCE_NONE.to_owned()
            } else {
                methods
            };
            rows.push(row(detail::TYPE, provider.kind.clone()));
            rows.push(row(detail::PKCE, pkce));
        }
        rows.push(row(detail::ANSWER, knowledge.complaint()));
        Some(rows.into_any())
    });
    view! {
        <details class="provider-details">
            <summary>{detail::TITLE}<span class="visually-hidden">" " {name}</span></summary>
            <dl>{rows}</dl>
        </details>
    }
}

/// A name and its value; nothing where there is no value.
fn row(name: &'static str, value: String) -> Option<AnyView> {
    (!value.is_empty()).then(|| view! { <div><dt>{name}</dt><dd>{value}</dd></div> }.into_any())
}
