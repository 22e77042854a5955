use external_auth_core::ProviderAction;
use leptos::html::Ul;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

use super::attr::attr;
use super::closed_row::show_letter;
use super::row_list::RowList;
use super::wanted::Wanted;
use crate::platform::{Listener, in_next_task};
use crate::reactive::{Shared, effect, unsubscribe_on_cleanup, words};
use crate::session::ProviderRow;
use crate::view::View;

/// The rows of providers, in one list.
///
/// `rows` returns all of them, and `shown` the numbers of those that are not
/// hidden. `starts_open`: a row is opened when it appears. One reader of
/// signals and two listeners serve all rows.
pub(crate) fn provider_rows(
    view: View,
    rows: impl Fn() -> Vec<ProviderRow> + Send + Sync + 'static,
    shown: Memo<Vec<usize>>,
    starts_open: bool,
) -> AnyView {
    let rows: Box<dyn Fn() -> Vec<ProviderRow> + Send + Sync> = Box::new(rows);
    let place = NodeRef::<Ul>::new();
    let list = Shared::new(RowList::new(view, starts_open));
    on_cleanup(move || {
        list.try_with_value(RowList::clear);
    });
    let listeners = StoredValue::new_local(None);
    effect(move || {
        unsubscribe_on_cleanup();
        let Some(place) = place.get() else {
            return;
        };
        listeners.update_value(|listeners| {
            listeners.get_or_insert_with(|| {
                [
                    Listener::new(&place, "click", move |event| click(view, list, &event)),
                    Listener::capturing(&place, "error", move |event| replace_icon(view, &event)),
                ]
            });
        });
        view.session.track_models();
        let wanted = Wanted {
            rows: rows(),
            shown: shown.get(),
            now: view.session.now.get(),
            noticed: view.noticed(),
        };
        untrack(|| {
            list.with_value(|list| list.take(place, wanted));
            advance(list, true);
        });
    });
    let is_empty = words(move || if shown.read().is_empty() { "true" } else { "" }.to_owned());
    view! {
        <ul class="external-auth-list__rows" {..attr("role", "list")} node_ref=place prop:hidden=is_empty></ul>
    }
    .into_any()
}

/// Draws what is missing: as much as fits into this task, and the rest after the
/// frames that follow. What is drawn is painted before the next slice begins, and
/// between the two tasks the browser can answer the person.
fn advance(list: Shared<RowList>, is_first: bool) {
    let is_done = list.try_with_value(|list| list.advance(is_first));
    if is_done == Some(false) {
        request_animation_frame(move || {
            list.try_with_value(RowList::frame_begins);
            in_next_task(move || {
                let is_due = list.try_with_value(RowList::frame_is_over);
                if is_due == Some(true) {
                    advance(list, false);
                }
            });
        });
    }
}

/// A click on any row: the nearest element with `data-action` says what it is
/// for.
fn click(view: View, list: Shared<RowList>, event: &Event) {
    let pressed = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
        .and_then(|target| target.closest("[data-action]").ok().flatten());
    let Some((pressed, row)) = pressed.and_then(|pressed| {
        let row = row_around(view, &pressed)?;
        Some((pressed, row))
    }) else {
        return;
    };
    let name = pressed.get_attribute("data-action").unwrap_or_default();
    match ProviderAction::parse(&name) {
        None => list.with_value(|list| list.toggle(&row)),
        Some(action) if row.model_untracked().action(action).is_busy => {}
        Some(action) => view.act(action, &row),
    }
}

/// An icon that does not load is replaced by the first letter of the name.
fn replace_icon(view: View, event: &Event) {
    let image = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    let icon = image.and_then(|image| image.closest(".provider-icon").ok().flatten());
    if let Some(icon) = icon
        && let Some(row) = row_around(view, &icon)
    {
        show_letter(&icon, &row.model_untracked().name);
    }
}

fn row_around(view: View, element: &Element) -> Option<ProviderRow> {
    let row = element.closest(".provider-card").ok().flatten()?;
    view.row_of(&row)
}
