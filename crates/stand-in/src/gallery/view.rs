use external_auth_core::Timestamp;
use serde_json::{Value, json};

use super::{PATH, answers::Answers, group::Group, script::Script};

/// The page in one state: a row of a group's table.
#[derive(Debug, Clone, Copy)]
pub(super) struct View {
    /// A part of its address, different for each view.
    pub(super) name: &'static str,
    /// The state that it shows.
    pub(super) title: &'static str,
    /// The rest of its address: empty for the list, else the page of one
    /// provider, and the query.
    pub(super) page: &'static str,
    /// The names of the buttons that lead to the state, in order.
    pub(super) steps: &'static [&'static str],
    /// A part of the page's text before the state is reached. Empty where the
    /// state needs no time.
    pub(super) first: &'static str,
    /// A part of the page's text once the state is reached.
    pub(super) ready: &'static str,
    /// The API's answers.
    pub(super) answers: Answers,
}

impl View {
    /// The default of every column but `name`, `title` and `ready`: the list of
    /// a deployment without providers, and no steps.
    pub(super) const DEFAULT: Self = Self {
        name: "",
        title: "",
        page: "",
        steps: &[],
        first: "",
        ready: "",
        answers: Answers::Cards(|_| Vec::new()),
    };

    /// The base URL of its page.
    pub(super) fn base(&self) -> String {
        format!("{PATH}{}", self.name)
    }

    /// The address of its page.
    pub(super) fn path(&self) -> String {
        format!("{}/{}", self.base(), self.page)
    }

    /// Its answers at this instant.
    pub(super) fn script(&self, now: Timestamp) -> Script {
        self.answers.script(now)
    }

    /// Its entry in `views.json`.
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
