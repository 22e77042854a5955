use crate::ProviderState;
use crate::find_text::contains_text;

/// Which providers of a list are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ListFilter {
    /// All providers.
    #[default]
    All,
    /// Configured providers that are linked, whether the link works or not.
    Linked,
    /// Providers without a link.
    NotLinked,
    /// Providers that need attention.
    Attention,
}

impl ListFilter {
    /// All filters, in the order in which they are offered.
    pub const EVERY: [Self; 4] = [Self::All, Self::Linked, Self::NotLinked, Self::Attention];

    /// The value of `?show=`. The address omits `all`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Linked => "linked",
            Self::NotLinked => "not-linked",
            Self::Attention => "attention",
        }
    }

    /// Reads the value of `?show=`. Any unknown value means all.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        Self::EVERY
            .into_iter()
            .find(|filter| filter.as_str() == text)
            .unwrap_or_default()
    }

    /// Whether the filter shows a provider. `warned`: its token may not be
    /// revoked.
    #[must_use]
    pub fn admits(self, state: ProviderState, warned: bool) -> bool {
        match self {
            Self::All => true,
            Self::Linked => state.is_linked() && state != ProviderState::NoLongerConfigured,
            Self::NotLinked => state == ProviderState::NotLinked,
            Self::Attention => warned || state.needs_attention(),
        }
    }
}

/// Whether every word of a query is in one of the texts, ignoring case. `query`: in
/// lower case. `lower_case` comes from the browser, which knows all scripts.
#[must_use]
pub fn matches_query(query: &str, texts: &[&str], lower_case: fn(&str) -> String) -> bool {
    let mut lines = String::new();
    for text in texts {
        // A word contains no line break, so a match is always within one text.
        lines.push_str(text);
        lines.push('\n');
    }
    let texts = lower_case(&lines);
    query
        .split_whitespace()
        .all(|word| contains_text(&texts, word))
}

#[cfg(test)]
mod tests {
    use super::{ListFilter, matches_query};
    use crate::PermanentFailure::Revoked;
    use crate::ProviderState as S;
    use crate::TransientFailure::UnknownReason;

    #[test]
    fn words_are_found_in_any_order_and_case() {
        let texts = ["GitHub Platform 7", "github-7", "github"];
        for query in ["", "  ", "platform", "7 github", "hub-7", "plat form"] {
            assert!(matches_query(query, &texts, str::to_lowercase), "{query:?}");
        }
        for query in ["gitlab", "platform 8", "platform7"] {
            assert!(
                !matches_query(query, &texts, str::to_lowercase),
                "{query:?}"
            );
        }
        assert!(matches_query("übung", &["ÜBUNG"], str::to_lowercase));
    }

    #[test]
    fn each_filter_shows_its_states() {
        use ListFilter::{All, Attention, Linked, NotLinked};
        for (state, warned, shown) in [
            (S::NoLongerConfigured, false, vec![All]),
            (S::NotLinked, false, vec![All, NotLinked]),
            (S::NotLinked, true, vec![All, NotLinked, Attention]),
            (S::Linked, false, vec![All, Linked]),
            (S::AppNotInstalled, false, vec![All, Linked, Attention]),
            (
                S::NeedsAttention(Revoked),
                false,
                vec![All, Linked, Attention],
            ),
            (
                S::CouldNotCheck(UnknownReason),
                false,
                vec![All, Linked, Attention],
            ),
        ] {
            let by: Vec<_> = ListFilter::EVERY
                .into_iter()
                .filter(|filter| filter.admits(state, warned))
                .collect();
            assert_eq!(by, shown, "{state:?} {warned}");
        }
    }

    #[test]
    fn the_address_contains_the_filter() {
        for filter in ListFilter::EVERY {
            assert_eq!(ListFilter::parse(filter.as_str()), filter);
        }
        assert_eq!(ListFilter::parse("<script>"), ListFilter::All);
    }
}
