//! The views, a file for each group.

mod content;
mod linking;
mod list;
mod provider_page;
mod states;
mod unlinking;

use serde_json::Value;

use super::view::{Group, View};

/// All views, in the order in which they are shown.
pub(super) const GROUPS: &[Group] = &[
    states::GROUP,
    list::GROUP,
    linking::GROUP,
    linking::WINDOW_GROUP,
    unlinking::GROUP,
    provider_page::GROUP,
    content::GROUP,
];

/// The view of that name.
pub(super) fn named(name: &str) -> Option<&'static View> {
    GROUPS
        .iter()
        .flat_map(|group| group.views)
        .find(|view| view.name == name)
}

/// All views, for those who go through them.
pub(super) fn description() -> Value {
    GROUPS
        .iter()
        .flat_map(|group| group.views.iter().map(|view| view.description(group)))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use axum::http::Method;
    use external_auth_core::Timestamp;

    use super::*;

    const NOW: Timestamp = Timestamp::from_unix_ms(1_780_000_000_000);

    fn all() -> impl Iterator<Item = &'static View> {
        GROUPS.iter().flat_map(|group| group.views)
    }

    #[test]
    fn names_differ_and_can_be_part_of_an_address() {
        let names: BTreeSet<_> = all().map(|view| view.name).collect();
        assert_eq!(names.len(), all().count());
        for view in all() {
            let plain =
                |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
            assert!(view.name.bytes().all(plain), "{}", view.name);
            assert!(
                !view.title.is_empty() && !view.ready.is_empty(),
                "{}",
                view.name
            );
        }
    }

    #[test]
    fn the_same_instant_has_the_same_answers() {
        for view in all() {
            let answer = || {
                let script = (view.script)(NOW);
                format!("{:?}", script.reply(&Method::GET, "external-auth", |_| 0))
            };
            assert_eq!(answer(), answer(), "{}", view.name);
        }
    }

    /// A browser opens six connections to an origin, and in the index all views
    /// share them.
    #[test]
    fn few_answers_never_come() {
        let held = all().filter(|view| (view.script)(NOW).holds());
        assert!(held.count() <= 4);
    }
}
