use super::view::View;

/// A table of views that belong together.
#[derive(Debug, Clone, Copy)]
pub(super) struct Group {
    pub(super) title: &'static str,
    /// Whether only a person can press the buttons, because they open a window.
    pub(super) by_hand: bool,
    pub(super) views: &'static [View],
}
