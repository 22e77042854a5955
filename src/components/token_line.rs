use external_auth_core::wire::Expiry;
use external_auth_core::{PermanentFailure, ProviderState, Timestamp};
use leptos::prelude::*;

use super::text_span::text_span;
use crate::platform::TimeWords;
use crate::reactive::dynamic;
use crate::store::{ExternalAuthStore, ProviderEntry};
use crate::text;

/// How and until when the link works, since when there is one, and when it
/// was last checked. Exact times are in the `title` and the `datetime`.
#[component]
pub(super) fn TokenLine(store: ExternalAuthStore, entry: ProviderEntry) -> impl IntoView {
    let ProviderEntry { record, state, .. } = entry;
    dynamic(move || {
        let words = store.time_words();
        let now = store.now.get();
        let record = record.read();
        let link = record.listed.value.as_ref()?;
        let mut facts = Vec::new();
        if tells_the_end(state.get(), link.expires.is_past(now))
            && let Some(sentence) = text::expiry(&record, now, &words)
        {
            let end = match link.expires {
                Expiry::At(end) => Some(end),
                Expiry::Never | Expiry::Unknown => None,
            };
            facts.push(fact(sentence, end, &words));
        }
        if let Some(at) = link.created_at {
            facts.push(fact(text::linked_since(at, now, &words), Some(at), &words));
        }
        if let Some(at) = record.checked_at {
            facts.push(fact(text::checked(at, now, &words), Some(at), &words));
        }
        Some(view! { <ul class="token-line" role="list">{facts}</ul> }.into_any())
    })
}

/// A link that does not work has its own words for why; the end of its token
/// is told beside them only where that is why.
fn tells_the_end(state: ProviderState, is_past: bool) -> bool {
    match state {
        ProviderState::NeedsAttention(PermanentFailure::Expired) => is_past,
        ProviderState::NoLongerConfigured | ProviderState::NeedsAttention(_) => false,
        _ => true,
    }
}

fn fact(sentence: String, at: Option<Timestamp>, words: &TimeWords) -> AnyView {
    let sentence = match at {
        Some(instant) => view! {
            <time datetime=instant.to_string() title=words.exact(instant) prop:textContent=sentence></time>
        }
        .into_any(),
        None => text_span(sentence),
    };
    view! { <li>{sentence}</li> }.into_any()
}
