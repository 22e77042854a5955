use external_auth_core::{ListSummary, ProviderState};

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
        orphans,
    } = summary;
    let mut line = format!("{linked} of {providers} linked");
    match attention {
        0 => {}
        1 => line.push_str(", 1 needs attention"),
        count => line = format!("{line}, {count} need attention"),
    }
    if orphans > 0 {
        line = format!("{line}, {orphans} no longer configured");
    }
    line
}

/// The announcement of states that changed while the person was away.
#[must_use]
pub fn states_changed(changed: impl ExactSizeIterator<Item = (String, ProviderState)>) -> String {
    // A longer announcement is too long to listen to.
    const NAMED: usize = 3;
    if changed.len() > NAMED {
        return format!("{} providers have changed.", changed.len());
    }
    let sentences = changed.map(|(name, state)| format!("{name}: {}.", state_label(state)));
    sentences.collect::<Vec<_>>().join(" ")
}

/// The deployment has no providers: heading and explanation.
#[must_use]
pub fn empty_list() -> (&'static str, &'static str) {
    (
        "No providers are configured",
        "This deployment links no accounts yet. Someone who operates it can add GitHub, GitLab and others.",
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
    format!("This list is too long to show all of it. Not shown: {count} more.")
}

/// The list could not be loaded. `kept`: the previous list is still shown.
#[must_use]
pub fn list_failed(kept: bool) -> &'static str {
    if kept {
        "The list could not be refreshed. What you see is from before."
    } else {
        "The list could not be loaded."
    }
}

/// A setting of the page or of an element is not an address that may be used.
#[must_use]
pub fn refused_setting(setting: &str) -> String {
    format!(
        "{setting} is not an address that may be used here: it must begin with https://, http:// or one slash. Tell whoever operates this page."
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
    "Still asking the providers. This can take a minute when one of them is slow."
}

/// The session has ended. `kept`: the previous list is still shown.
#[must_use]
pub fn session_ended(kept: bool) -> &'static str {
    if kept {
        "Your session has ended. What you see is from before; sign in to go on."
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
        let counts = |providers, linked, attention, orphans| {
            summary(ListSummary {
                providers,
                linked,
                attention,
                orphans,
            })
        };
        assert_eq!(counts(0, 0, 0, 0), "0 of 0 linked");
        assert_eq!(counts(7, 4, 0, 0), "4 of 7 linked");
        assert_eq!(counts(7, 4, 1, 0), "4 of 7 linked, 1 needs attention");
        assert_eq!(counts(7, 4, 2, 0), "4 of 7 linked, 2 need attention");
        assert_eq!(
            counts(7, 4, 1, 1),
            "4 of 7 linked, 1 needs attention, 1 no longer configured"
        );
    }
}
