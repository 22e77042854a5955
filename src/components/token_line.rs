use external_auth_core::{LinkFacts, RowPart, Timestamp};
use leptos::prelude::*;

use super::attr::{attr, text_attr};
use super::text_span::text_span;
use crate::platform::TimeWords;
use crate::reactive::dynamic;
use crate::session::ProviderRow;
use crate::text;
use crate::view::View;

/// How the access ends, since when the account is linked, and when it was last
/// checked. Exact times are in the `title` and the `datetime`.
#[component]
pub(super) fn TokenLine(view: View, row: ProviderRow) -> impl IntoView {
    let row = row.part(RowPart::Facts);
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
        Some(view! { <ul class="token-line" {..attr("role", "list")}>{facts}</ul> }.into_any())
    })
}

fn fact(sentence: String, at: Option<Timestamp>, words: &TimeWords) -> AnyView {
    let sentence = match at {
        Some(instant) => view! {
            <time {..text_attr("datetime", instant.to_string())} {..text_attr("title", words.exact(instant))} prop:textContent=sentence></time>
        }
        .into_any(),
        None => text_span(sentence),
    };
    view! { <li>{sentence}</li> }.into_any()
}
