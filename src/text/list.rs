use external_auth_core::{ListGroup, ListSummary, ProviderState};

use super::state_label;

/// The page's heading.
#[must_use]
pub fn title() -> &'static str {
    "External authentication"
}

/// The summary line of the list.
#[must_use]
pub fn summary(summary: ListSummary) -> String {
    let ListSummary {
        providers,
        linked,
        attention,
        ..
    } = summary;
    match attention {
        _ if providers == 0 => String::new(),
        0 => format!("Your workspaces use these accounts. {linked} of {providers} linked."),
        1 => format!(
            "Your workspaces use these accounts. {linked} of {providers} linked, 1 needs attention."
        ),
        _ => format!(
            "Your workspaces use these accounts. {linked} of {providers} linked, {attention} need attention."
        ),
    }
}

/// The heading of a group of rows.
#[must_use]
pub fn group_label(group: ListGroup) -> &'static str {
    match group {
        ListGroup::Attention => "Needs attention",
        ListGroup::Linked => "Linked",
        ListGroup::Available => "Available",
        ListGroup::NoLongerConfigured => "No longer configured",
    }
}

/// Providers need attention that are not yet among those that do.
#[must_use]
pub fn attention_elsewhere(count: usize) -> String {
    match count {
        1 => "1 more needs attention".to_owned(),
        count => format!("{count} more need attention"),
    }
}

/// The announcement of the state of a provider.
#[must_use]
pub fn state_of(name: &str, state: ProviderState) -> String {
    format!("{name}: {}.", state_label(state))
}

/// The announcement of states that changed while the person was away.
#[must_use]
pub fn states_changed(changed: impl ExactSizeIterator<Item = (String, ProviderState)>) -> String {
    // A longer announcement is too long to listen to.
    const NAMED: usize = 3;
    if changed.len() > NAMED {
        return format!("{} providers have changed.", changed.len());
    }
    let sentences = changed.map(|(name, state)| state_of(&name, state));
    sentences.collect::<Vec<_>>().join(" ")
}

/// The deployment has no providers: heading and explanation.
#[must_use]
pub fn empty_list() -> (&'static str, &'static str) {
    (
        "No providers are configured",
        "Your administrator can add GitHub, GitLab, and others.",
    )
}

/// Link to the documentation for operators.
#[must_use]
pub fn docs_link() -> &'static str {
    "How to configure external authentication"
}

/// The list has more providers than the page shows.
#[must_use]
pub fn left_out(count: usize) -> String {
    let count = match (count / 1_000, count % 1_000) {
        (0, rest) => rest.to_string(),
        (thousands, rest) => format!("{thousands},{rest:03}"),
    };
    format!("The list is too long to show in full. Not shown: {count} more.")
}

/// The list couldn't be loaded. `kept`: the previous list is still shown.
#[must_use]
pub fn list_failed(kept: bool) -> &'static str {
    if kept {
        "The list couldn't be refreshed. Showing the last loaded list."
    } else {
        "The list couldn't be loaded."
    }
}

/// A setting of the page or of an element is not an address that may be used.
#[must_use]
pub fn refused_setting(setting: &str) -> String {
    format!(
        "{setting} isn't an address that can be used here: it must begin with https://, http://, or one slash. Tell your administrator."
    )
}

/// A part of the program could not be fetched.
#[must_use]
pub fn part_failed() -> &'static str {
    "A part of this page couldn't be loaded."
}

/// The person refreshed the list, and it was loaded.
#[must_use]
pub fn list_loaded() -> &'static str {
    "The list is up to date."
}

/// Loading takes long, because the server checks every link first.
#[must_use]
pub fn announce_refreshing() -> &'static str {
    "Still checking. This can take a minute when a provider is slow."
}

/// The session has ended. `kept`: the previous list is still shown.
#[must_use]
pub fn session_ended(kept: bool) -> &'static str {
    if kept {
        "Your session has ended. Showing the last loaded list; sign in to continue."
    } else {
        "Your session has ended. Sign in to see your linked accounts."
    }
}

#[cfg(test)]
mod tests {
    use super::{ListSummary, left_out, summary};

    #[test]
    fn long_counts_are_grouped() {
        for (count, words) in [
            (1, "1 more."),
            (999, " 999 more."),
            (95_007, " 95,007 more."),
        ] {
            assert!(left_out(count).ends_with(words), "{count}");
        }
    }

    #[test]
    fn the_summary_leaves_out_zero_counts() {
        let counts = |attention| {
            let summary = summary(ListSummary {
                providers: 7,
                linked: 4,
                attention,
                orphans: 1,
            });
            let (_, counts) = summary.split_once(". ").unwrap_or_default();
            counts.to_owned()
        };
        assert_eq!(counts(0), "4 of 7 linked.");
        assert_eq!(counts(1), "4 of 7 linked, 1 needs attention.");
        assert_eq!(counts(2), "4 of 7 linked, 2 need attention.");
    }
}
