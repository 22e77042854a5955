use leptos::prelude::*;

use super::device_flow_modal::DeviceFlowModal;
use super::list_notices::warnings_without_card;
use super::provider_card::notices;
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

/// The dialogs of a view.
pub(crate) fn dialogs(view: View) -> AnyView {
    // Both are in one file.
    view.when_commands_are_ready(|| Chunk::load(&DRAWINGS));
    drawn_later(move |drawings| Some(drawings.dialogs(view)))
}
