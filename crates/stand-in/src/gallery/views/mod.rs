//! The views: a table in a file for each group.

mod content;
mod device_flow;
mod list;
mod provider_page;
mod states;
mod unlinking;
mod window;

use serde_json::Value;

use super::{group::Group, view::View};

/// All groups, in the order of the index.
pub(super) const GROUPS: &[Group] = &[
    states::GROUP,
    list::GROUP,
    device_flow::GROUP,
    window::GROUP,
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

/// All views, as `views.json` has them.
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
    fn names_are_unique_and_can_be_part_of_an_address() {
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
    fn a_view_gives_equal_answers_at_equal_instants() {
        for view in all() {
            let answer = || {
                let script = view.script(NOW);
                format!("{:?}", script.reply(&Method::GET, "external-auth", |_| 0))
            };
            assert_eq!(answer(), answer(), "{}", view.name);
        }
    }

    /// A browser opens six connections to an origin, which all views of the index
    /// share.
    #[test]
    fn at_most_four_views_have_a_request_without_answer() {
        let held = all().filter(|view| view.script(NOW).holds());
        assert!(held.count() <= 4);
    }
}
