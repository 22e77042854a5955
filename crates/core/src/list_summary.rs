use crate::{ListFilter, ProviderState};

/// The counts of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ListSummary {
    /// Providers that the deployment configures.
    pub providers: usize,
    /// The number of linked providers among them.
    pub linked: usize,
    /// The number of providers that need attention.
    pub attention: usize,
    /// Links to providers that are no longer configured.
    pub orphans: usize,
}

impl ListSummary {
    /// Counts the states of a list. Each state comes with whether there is a
    /// warning that its token may not be revoked.
    #[must_use]
    pub fn of(states: impl IntoIterator<Item = (ProviderState, bool)>) -> Self {
        (states.into_iter()).fold(Self::default(), |mut summary, (state, warned)| {
            let is_orphan = state == ProviderState::NoLongerConfigured;
            summary.orphans += usize::from(is_orphan);
            summary.providers += usize::from(!is_orphan);
            summary.linked += usize::from(ListFilter::Linked.admits(state, warned));
            summary.attention += usize::from(ListFilter::Attention.admits(state, warned));
            summary
        })
    }

    /// The number of providers that a filter shows.
    #[must_use]
    pub fn shown_by(&self, filter: ListFilter) -> usize {
        match filter {
            ListFilter::All => self.providers + self.orphans,
            ListFilter::Linked => self.linked,
            ListFilter::NotLinked => self.providers - self.linked,
            ListFilter::Attention => self.attention,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ListFilter, ListSummary};
    use crate::PermanentFailure::Revoked;
    use crate::ProviderState::{
        AppNotInstalled, CouldNotCheck, Linked, NeedsAttention, NoLongerConfigured, NotLinked,
        NotVerified,
    };
    use crate::TransientFailure::UnknownReason;

    #[test]
    fn the_counts_are_those_of_the_filters() {
        let warned = |state| (state, true);
        let well = |state| (state, false);
        let states = [
            well(NotLinked),
            well(NoLongerConfigured),
            well(Linked),
            well(NeedsAttention(Revoked)),
            well(NotVerified),
            warned(NotLinked),
            well(AppNotInstalled),
            well(CouldNotCheck(UnknownReason)),
        ];
        let summary = ListSummary::of(states);
        assert_eq!(
            summary,
            ListSummary {
                providers: 7,
                linked: 5,
                attention: 4,
                orphans: 1
            }
        );
        for filter in ListFilter::EVERY {
            let shown = states
                .iter()
                .filter(|(state, warned)| filter.admits(*state, *warned));
            assert_eq!(summary.shown_by(filter), shown.count(), "{filter:?}");
        }
    }
}
