use leptos::prelude::*;

use super::device_flow_modal::DeviceFlowModal;
use super::list_notices::warnings_without_card;
use super::part_failed::part_failed;
use super::provider_panel::provider_panel;
use super::row_extras::{self, notices};
use super::unlink_dialog::UnlinkDialog;
use super::window_link_status::WindowLinkStatus;
use crate::chunk::{Chunk, ChunkStatus, declare_chunk};
use crate::reactive::dynamic;
use crate::session::ProviderRow;
use crate::view::View;

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
    /// What is said below the button of an element: the status of a window, and why
    /// a command failed.
    fn below_button(&self, view: View, row: ProviderRow) -> AnyView;
    /// Warnings about providers that are no longer in the list.
    fn warnings_without_card(&self, view: View) -> Option<AnyView>;
}

struct LaterDrawings;

impl Drawings for LaterDrawings {
    fn dialogs(&self, view: View) -> AnyView {
        view! { <UnlinkDialog view /> <DeviceFlowModal view /> }.into_any()
    }

    fn provider_panel(&self, view: View, row: ProviderRow) -> AnyView {
        provider_panel(view, row)
    }

    fn row_extras(&self, view: View, row: ProviderRow) -> AnyView {
        row_extras::row_extras(view, row)
    }

    fn below_button(&self, view: View, row: ProviderRow) -> AnyView {
        let failures = notices(view, &row, false);
        view! { <WindowLinkStatus view row /> {failures} }.into_any()
    }

    fn warnings_without_card(&self, view: View) -> Option<AnyView> {
        warnings_without_card(view)
    }
}

/// A place that is drawn as soon as the code for it is there.
pub(crate) fn drawn_later(
    draw: impl Fn(&'static dyn Drawings) -> Option<AnyView> + Send + 'static,
) -> AnyView {
    dynamic(move || match Chunk::status(&DRAWINGS) {
        ChunkStatus::Ready => draw(Chunk::get(&DRAWINGS)?),
        ChunkStatus::Awaited | ChunkStatus::Failed => None,
    })
}

/// A place that a person has opened. When the code for it cannot be fetched, the
/// place says so.
pub(super) fn drawn_when_opened(
    draw: impl Fn(&'static dyn Drawings) -> AnyView + Send + 'static,
) -> AnyView {
    let fetch = || Chunk::load(&DRAWINGS);
    fetch();
    dynamic(move || match Chunk::status(&DRAWINGS) {
        ChunkStatus::Ready => Some(draw(Chunk::get(&DRAWINGS)?)),
        ChunkStatus::Failed => Some(part_failed(fetch)),
        ChunkStatus::Awaited => None,
    })
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
    let extras = drawn_later(move |drawings| Some(drawings.row_extras(view, row.clone())));
    view! { {failed} {extras} }.into_any()
}

/// The dialogs of a view.
pub(crate) fn dialogs(view: View) -> AnyView {
    // Both are in one file.
    view.when_commands_are_ready(|| Chunk::load(&DRAWINGS));
    drawn_later(move |drawings| Some(drawings.dialogs(view)))
}
