use std::any::Any;

use leptos::mount::mount_to;
use leptos::prelude::*;
use web_sys::HtmlElement;

/// A part of a row that is on the page only while there is something to show.
/// It ends when this is dropped.
pub(super) struct MountedPart {
    place: HtmlElement,
    owner: Owner,
    drawn: Option<Box<dyn Any>>,
}

impl MountedPart {
    /// Draws a view into `place`. It belongs to `owner`.
    pub(super) fn new(
        place: HtmlElement,
        owner: &Owner,
        draw: impl FnOnce() -> AnyView + 'static,
    ) -> Self {
        let draw: Box<dyn FnOnce() -> AnyView> = Box::new(draw);
        let owner = owner.with(Owner::new);
        let drawn = untrack(|| owner.with(|| mount_to(place.clone(), draw)));
        Self {
            place,
            owner,
            drawn: Some(Box::new(drawn)),
        }
    }
}

impl Drop for MountedPart {
    fn drop(&mut self) {
        // First the readers of signals, then what they draw.
        self.owner.cleanup();
        drop(self.drawn.take());
        self.place.remove();
    }
}
