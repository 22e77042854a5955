use external_auth_core::{LinkFacts, RowPart, Timestamp};
use leptos::prelude::*;

use super::attr::text_attr;
use super::provider_fact::provider_fact;
use super::row_reader::RowReader;
use crate::platform::TimeWords;
use crate::reactive::dynamic;
use crate::session::ProviderRow;
use crate::text::{self, detail};
use crate::view::View;

/// How the access ends, since when the account is linked, and when it was last
/// checked, each with its exact time.
pub(super) fn token_facts(view: View, row: &ProviderRow) -> AnyView {
    let row = RowReader::new(row, RowPart::Facts);
    dynamic(move || {
        let LinkFacts {
            end,
            linked_since,
            checked_at,
        } = row.read().facts?;
        let words = view.time_words();
        let now = view.session.now.get();
        let end = end.map(|end| {
            let sentence = text::access_end_in_full(end, now, &words);
            fact(detail::ACCESS, sentence, end.at(), &words)
        });
        let since = linked_since.map(|at| {
            let sentence = text::ago(at, now, &words);
            fact(detail::LINKED, sentence, Some(at), &words)
        });
        let checked = checked_at.map(|at| {
            let sentence = text::ago(at, now, &words);
            fact(detail::CHECKED, sentence, Some(at), &words)
        });
        Some([end, since, checked].into_any())
    })
}

fn fact(name: &'static str, sentence: String, at: Option<Timestamp>, words: &TimeWords) -> AnyView {
    let exact = at.map(|at| {
        view! {
            <time {..text_attr("datetime", at.to_string())} prop:textContent=words.exact(at)></time>
        }
        .into_any()
    });
    let content = view! { <span prop:textContent=sentence></span> {exact} }.into_any();
    provider_fact(name, content)
}
