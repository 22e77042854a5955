use leptos::html::{Input, Span};
use leptos::prelude::*;
use web_sys::Element;

use super::announced_count::announce_count;
use super::attention_elsewhere::attention_elsewhere;
use super::attr::attr;
use super::check_all_bar::check_all_bar;
use super::device_flow_modal::DeviceFlowModal;
use super::external_auth_list::no_providers;
use super::failure_message::failure_message;
use super::later_style::add_later_style;
use super::link_button::LinkButton;
use super::list_notices;
use super::list_search::nothing_found;
use super::part_failed::part_failed;
use super::provider_panel::provider_panel;
use super::row_blocks::blocks_in;
use super::row_extras;
use super::search_keys::search_keys;
use super::tooltip_keys::tooltip_keys;
use super::unlink_dialog::UnlinkDialog;
use super::waiting_blocks::WaitingBlocks;
use super::waiting_rows::WaitingRows;
use crate::chunk::{Chunk, ChunkStatus, declare_chunk};
use crate::reactive::{dynamic, effect};
use crate::session::{FailedCommand, ProviderRow};
use crate::view::{View, when_later_parts_are_ready};

declare_chunk! {
    /// What is drawn after the first rows.
    DRAWINGS, later::drawings: dyn Drawings = &LaterDrawings
}

/// What is drawn after the first rows.
pub(crate) trait Drawings {
    /// The dialogs of a view: each is there while it is open.
    fn dialogs(&self, view: View) -> AnyView;
    /// What an opened row shows below its line.
    fn provider_panel(&self, view: View, row: ProviderRow) -> AnyView;
    /// What there is to say below the line of a row.
    fn row_extras(&self, view: View, row: ProviderRow) -> AnyView;
    /// Lets the rows in an element wait for their turn if many of them come or go.
    /// `before` and `now`: whether each of the rows is shown.
    fn waiting_rows(
        &self,
        view: View,
        place: &Element,
        before: &[bool],
        now: &[bool],
    ) -> Option<Box<dyn WaitingRows>>;
    /// The button of an element.
    fn link_button(&self, view: View, disabled: RwSignal<bool>) -> AnyView;
    /// The button that checks all providers, and the progress of that.
    fn check_all_bar(&self, view: View) -> AnyView;
    /// Says that rows need attention which are in another group.
    fn attention_elsewhere(&self, view: View) -> AnyView;
    /// Says that the deployment has no providers.
    fn no_providers(&self, view: View) -> AnyView;
    /// The keys of the search, and the announcements of how many rows it shows.
    fn search_keys(
        &self,
        view: View,
        field: NodeRef<Input>,
        shown: Memo<usize>,
        has_slash: bool,
    ) -> AnyView;
    /// Shown in place of the rows when no provider matches the search.
    fn nothing_found(&self, view: View) -> AnyView;
    /// What is said at once about the whole list.
    fn alerts(&self, view: View) -> AnyView;
    /// Says that the answer takes long.
    fn slow(&self, view: View) -> Option<AnyView>;
    /// Warnings about providers that are no longer in the list, and how many
    /// providers the list leaves out.
    fn warnings_without_card(&self, view: View) -> Option<AnyView>;
    /// What an embedding page is told about a command that failed.
    fn failure_message(&self, failure: &FailedCommand) -> String;
}

struct LaterDrawings;

impl Drawings for LaterDrawings {
    fn dialogs(&self, view: View) -> AnyView {
        // The element says that the program is complete, to who measures the page.
        let complete = NodeRef::<Span>::new();
        effect(move || {
            if let Some(element) = complete.get() {
                add_later_style(&element);
                if let Some(around) = element.parent_element() {
                    tooltip_keys(&around);
                    view.observe_rows(&blocks_in(&around));
                }
            }
        });
        view! {
            <span {..attr("class", "program-is-complete")} {..attr("hidden", "")} node_ref=complete></span>
            <UnlinkDialog view />
            <DeviceFlowModal view />
        }
        .into_any()
    }

    fn provider_panel(&self, view: View, row: ProviderRow) -> AnyView {
        provider_panel(view, row)
    }

    fn row_extras(&self, view: View, row: ProviderRow) -> AnyView {
        row_extras::row_extras(view, row)
    }

    fn waiting_rows(
        &self,
        view: View,
        place: &Element,
        before: &[bool],
        now: &[bool],
    ) -> Option<Box<dyn WaitingRows>> {
        let changes = before.iter().zip(now).filter(|(before, now)| before != now);
        let waiting = WaitingBlocks::new(view, place, changes.count())?;
        Some(Box::new(waiting))
    }

    fn link_button(&self, view: View, disabled: RwSignal<bool>) -> AnyView {
        view! { <LinkButton view disabled /> }.into_any()
    }

    fn check_all_bar(&self, view: View) -> AnyView {
        check_all_bar(view)
    }

    fn attention_elsewhere(&self, view: View) -> AnyView {
        attention_elsewhere(view)
    }

    fn no_providers(&self, view: View) -> AnyView {
        no_providers(view)
    }

    fn search_keys(
        &self,
        view: View,
        field: NodeRef<Input>,
        shown: Memo<usize>,
        has_slash: bool,
    ) -> AnyView {
        announce_count(view, shown);
        search_keys(view, field, has_slash)
    }

    fn nothing_found(&self, view: View) -> AnyView {
        nothing_found(view)
    }

    fn alerts(&self, view: View) -> AnyView {
        list_notices::alerts(view)
    }

    fn slow(&self, view: View) -> Option<AnyView> {
        list_notices::slow(view)
    }

    fn warnings_without_card(&self, view: View) -> Option<AnyView> {
        list_notices::warnings_without_card(view)
    }

    fn failure_message(&self, failure: &FailedCommand) -> String {
        failure_message(failure)
    }
}

/// A place that is drawn as soon as the code for it is there.
pub(crate) fn drawn_later(
    draw: impl Fn(&'static dyn Drawings) -> Option<AnyView> + Send + 'static,
) -> AnyView {
    drawn_or(Box::new(draw), || None)
}

/// One function for all places: each closure that is compiled as a part of a view
/// weighs a kilobyte.
fn drawn_or(
    draw: Box<dyn Fn(&'static dyn Drawings) -> Option<AnyView> + Send>,
    failed: fn() -> Option<AnyView>,
) -> AnyView {
    dynamic(move || match Chunk::status(&DRAWINGS) {
        ChunkStatus::Ready => draw(Chunk::get(&DRAWINGS)?),
        ChunkStatus::Failed => failed(),
        ChunkStatus::Awaited => None,
    })
}

/// A place that waits for the code that draws it. When the code cannot be fetched,
/// the place says so.
pub(super) fn drawn_when_fetched(
    draw: impl Fn(&'static dyn Drawings) -> AnyView + Send + 'static,
) -> AnyView {
    Chunk::load(&DRAWINGS);
    // What is drawn has its own readers.
    drawn_or(
        Box::new(move |drawings| Some(untrack(|| draw(drawings)))),
        || Some(part_failed(|| Chunk::load(&DRAWINGS))),
    )
}

/// What there is to say below the line of a row: that the code for an action of
/// the row could not be fetched, and what the later parts of the program say.
pub(super) fn row_extras(view: View, row: ProviderRow) -> AnyView {
    let failed = {
        let row = row.clone();
        dynamic(move || {
            let (failed_row, action) = view.failed_action.get()?;
            let row = Some(row.clone()).filter(|row| *row == failed_row)?;
            Some(part_failed(move || view.act(action, &row)))
        })
    };
    let extras =
        drawn_later(move |drawings| Some(untrack(|| drawings.row_extras(view, row.clone()))));
    view! { {failed} {extras} }.into_any()
}

/// The button of an element.
pub(crate) fn link_button(view: View, disabled: RwSignal<bool>) -> AnyView {
    drawn_when_fetched(move |drawings| drawings.link_button(view, disabled))
}

/// The dialogs of a view.
pub(crate) fn dialogs(view: View) -> AnyView {
    // Both are in one file.
    when_later_parts_are_ready(|| Chunk::load(&DRAWINGS));
    drawn_later(move |drawings| Some(untrack(|| drawings.dialogs(view))))
}
