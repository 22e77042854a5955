use external_auth_core::Timestamp;
use serde_json::{Value, json};

use super::{PATH, script::Script};

/// The page in one state.
#[derive(Debug, Clone, Copy)]
pub(super) struct View {
    /// Part of its address; no two have the same.
    pub(super) name: &'static str,
    /// What is to be seen.
    pub(super) title: &'static str,
    /// The rest of its address: empty for the list, else the page of one
    /// provider, and the query.
    pub(super) page: &'static str,
    /// The buttons that lead to the state, by their names, in order.
    pub(super) steps: &'static [&'static str],
    /// Where the state comes with time: a part of the page's text that is there
    /// until then. Empty where it is there at once.
    pub(super) first: &'static str,
    /// A part of the page's text that is there once the state is.
    pub(super) ready: &'static str,
    /// What is answered.
    pub(super) script: fn(Timestamp) -> Script,
}

/// Views that belong together.
#[derive(Debug, Clone, Copy)]
pub(super) struct Group {
    pub(super) title: &'static str,
    /// Whether only a person can press the buttons: browsers open windows for
    /// nobody else.
    pub(super) by_hand: bool,
    pub(super) views: &'static [View],
}

impl View {
    /// The base that its page is told.
    pub(super) fn base(&self) -> String {
        format!("{PATH}{}", self.name)
    }

    /// Where it is.
    pub(super) fn path(&self) -> String {
        format!("{}/{}", self.base(), self.page)
    }

    /// For those who go through all views.
    pub(super) fn description(&self, group: &Group) -> Value {
        json!({
            "name": self.name,
            "group": group.title,
            "title": self.title,
            "path": self.path(),
            "steps": self.steps,
            "by_hand": group.by_hand,
            "first": self.first,
            "ready": self.ready,
        })
    }
}
