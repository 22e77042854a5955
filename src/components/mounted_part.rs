use std::any::Any;

use leptos::mount::mount_to;
use leptos::prelude::*;
use web_sys::HtmlElement;

/// A part of a row that is on the page only while there is something to show.
/// It ends when this is dropped, and only then: its owner has no parent, because
/// a parent remembers each child until it ends itself, and a list would grow with
/// each part that was ever on the page.
pub(super) struct MountedPart {
    place: HtmlElement,
    owner: Owner,
    drawn: Option<Box<dyn Any>>,
}

impl MountedPart {
    /// Draws a view into `place`.
    pub(super) fn new(place: HtmlElement, draw: impl FnOnce() -> AnyView + 'static) -> Self {
        let draw: Box<dyn FnOnce() -> AnyView> = Box::new(draw);
        let owner = Owner::default();
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
