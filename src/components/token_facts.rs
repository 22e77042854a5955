use external_auth_core::{LinkFacts, RowPart, Timestamp};
use leptos::prelude::*;

use super::attr::{attr, text_attr};
use super::row_reader::RowReader;
use crate::platform::TimeWords;
use crate::reactive::dynamic;
use crate::session::ProviderRow;
use crate::text;
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
        let facts: Vec<_> = [
            end.map(|end| fact(text::access_end(end, now, &words), end.at(), &words)),
            linked_since.map(|at| fact(text::linked_since(at, now, &words), Some(at), &words)),
            checked_at.map(|at| fact(text::checked(at, now, &words), Some(at), &words)),
        ]
        .into_iter()
        .flatten()
        .collect();
        Some(view! { <ul class="token-facts" {..attr("role", "list")}>{facts}</ul> }.into_any())
    })
}

fn fact(sentence: String, at: Option<Timestamp>, words: &TimeWords) -> AnyView {
    let exact = at.map(|at| {
        view! {
            <time {..text_attr("datetime", at.to_string())} prop:textContent=words.exact(at)></time>
        }
        .into_any()
    });
    view! { <li><span prop:textContent=sentence></span> {exact}</li> }.into_any()
}
