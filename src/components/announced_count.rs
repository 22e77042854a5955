use gloo_timers::callback::Timeout;
use leptos::prelude::*;

use crate::reactive::effect;
use crate::text;
use crate::view::View;

/// The count is announced after a pause in typing, not for each letter.
const ANNOUNCE_AFTER_MS: u32 = 600;

/// Follows the search and the filter: rows go where they belong now, and how many
/// match is announced when the person has stopped typing.
pub(super) fn announce_count(view: View, shown: Memo<usize>) {
    let timer = StoredValue::new_local(None);
    let mut before = None;
    effect(move || {
        let now = Some((view.query.get(), view.filter.get()));
        if before.is_some() && before != now {
            // What is shown changes anyway, so rows may go where they belong now.
            view.session.sort_rows();
            timer.set_value(Some(Timeout::new(ANNOUNCE_AFTER_MS, move || {
                let all = untrack(|| view.rows().len());
                view.announce(text::shown_count(shown.get_untracked(), all));
            })));
        }
        before = now;
    });
}
