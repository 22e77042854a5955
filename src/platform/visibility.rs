use web_sys::VisibilityState;

/// Whether the page is visible.
#[must_use]
pub fn is_visible() -> bool {
    leptos::prelude::document().visibility_state() != VisibilityState::Hidden
}
