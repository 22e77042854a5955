use external_auth_core::ProviderAction;
use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, UiEvent};

use super::closed_row::show_letter;
use super::row_group::FOLD;
use super::row_list::RowList;
use super::row_list_state::MOST_COMFORTABLE;
use super::rows_layout::RowsLayout;
use super::wanted::Wanted;
use crate::platform::{Listener, in_next_task};
use crate::reactive::{Shared, effect, memo, unsubscribe_on_cleanup, words};
use crate::session::ProviderRow;
use crate::view::View;

/// The rows of providers.
///
/// `rows` returns all of them, and `shown` the numbers of those that are not
/// hidden. One reader of signals and two listeners serve all rows.
pub(crate) fn provider_rows(
    view: View,
    rows: impl Fn() -> Vec<ProviderRow> + Send + Sync + 'static,
    shown: Memo<Vec<usize>>,
    layout: RowsLayout,
) -> AnyView {
    rows_of(view, Box::new(rows), shown, layout)
}

/// One compiled function for all places.
fn rows_of(
    view: View,
    rows: Box<dyn Fn() -> Vec<ProviderRow> + Send + Sync>,
    shown: Memo<Vec<usize>>,
    layout: RowsLayout,
) -> AnyView {
    let place = NodeRef::<Div>::new();
    let list = Shared::new(RowList::new(view, layout));
    on_cleanup(move || {
        list.try_with_value(RowList::clear);
    });
    let listeners = StoredValue::new_local(None);
    // What the person chose. Otherwise a search shows what it finds.
    let fold = RwSignal::new(None);
    let is_folded = move || fold.get().unwrap_or_else(|| !view.is_searched());
    effect(move || {
        unsubscribe_on_cleanup();
        let Some(place) = place.get() else {
            return;
        };
        listeners.update_value(|listeners| {
            listeners.get_or_insert_with(|| {
                [
                    Listener::new(&place, "click", move |event| {
                        if presses_fold(&event) {
                            fold.set(Some(!untrack(is_folded)));
                        } else {
                            click(view, list, &event);
                        }
                    }),
                    Listener::capturing(&place, "error", move |event| replace_icon(view, &event)),
                ]
            });
        });
        view.session.track_models();
        let wanted = Wanted {
            rows: rows(),
            shown: shown.get(),
            is_folded: is_folded(),
            now: view.session.now.get(),
            noticed: view.noticed(),
        };
        untrack(|| {
            let is_much = list.with_value(|list| list.take(&place, wanted));
            if is_much {
                // What has changed it, a key for example, is answered first.
                in_next_task(move || advance(list, true));
            } else {
                advance(list, true);
            }
        });
    });
    // The style sheet says how the rows of a long list look.
    let is_long = memo(move || shown.read().len() > MOST_COMFORTABLE);
    let class = words(move || {
        let long = if is_long.get() {
            " row-groups--long"
        } else {
            ""
        };
        format!("row-groups{long}")
    });
    view! { <div prop:className=class node_ref=place></div> }.into_any()
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

/// Whether a click is on the button that folds a group.
fn presses_fold(event: &Event) -> bool {
    pressed(event)
        .is_some_and(|pressed| pressed.get_attribute("data-action").as_deref() == Some(FOLD))
}

/// The nearest element that says what a click on it is for.
fn pressed(event: &Event) -> Option<Element> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    target.closest("[data-action]").ok().flatten()
}

/// A click on any row: the nearest element with `data-action` says what it is
/// for.
fn click(view: View, list: Shared<RowList>, event: &Event) {
    let Some((pressed, row)) = pressed(event).and_then(|pressed| {
        let row = row_around(view, &pressed)?;
        Some((pressed, row))
    }) else {
        return;
    };
    let name = pressed.get_attribute("data-action").unwrap_or_default();
    match ProviderAction::parse(&name) {
        None => list.with_value(|list| list.toggle(&row)),
        Some(action) if row.model_untracked().action(action).is_busy => {}
        // The second press of a double click on "Link", whose place it has taken.
        Some(ProviderAction::Cancel) if is_repeated(event) => {}
        Some(action) => view.act(action, &row),
    }
}

/// Whether it is not the first click of a double click.
fn is_repeated(event: &Event) -> bool {
    event
        .dyn_ref::<UiEvent>()
        .is_some_and(|event| event.detail() > 1)
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
