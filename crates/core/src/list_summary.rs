use std::cmp::Reverse;

use crate::ProviderState;

/// The counts that sum up a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ListSummary {
    /// Providers that the deployment configures.
    pub providers: usize,
    /// How many of them are linked.
    pub linked: usize,
    /// How many need attention.
    pub attention: usize,
    /// Links to providers that are no longer configured.
    pub orphans: usize,
}

impl ListSummary {
    /// Counts the states of a list.
    #[must_use]
    pub fn of(states: impl IntoIterator<Item = ProviderState>) -> Self {
        states
            .into_iter()
            .fold(Self::default(), |mut summary, state| {
                if state == ProviderState::NoLongerConfigured {
                    summary.orphans += 1;
                } else {
                    summary.providers += 1;
                    summary.linked += usize::from(state.is_linked());
                    summary.attention += usize::from(state.needs_attention());
                }
                summary
            })
    }
}

/// Puts what needs attention first, then linked, not linked, orphans; within
/// each the deployment's order stays.
pub fn sort_by_state<T>(items: &mut [T], state: impl Fn(&T) -> ProviderState) {
    items.sort_by_key(|item| match state(item) {
        ProviderState::NoLongerConfigured => Reverse(0),
        ProviderState::NotLinked => Reverse(1),
        state if state.needs_attention() => Reverse(3),
        _ => Reverse(2),
    });
}

#[cfg(test)]
mod tests {
    use super::{ListSummary, sort_by_state};
    use crate::FinalTrouble::Revoked;
    use crate::ProviderState::{
        AppNotInstalled, Linked, NeedsAttention, NoLongerConfigured, NotLinked, NotVerified,
    };

    #[test]
    fn attention_comes_first_and_orphans_last() {
        let mut states = [
            NotLinked,
            NoLongerConfigured,
            Linked,
            NeedsAttention(Revoked),
            NotVerified,
            AppNotInstalled,
        ];
        sort_by_state(&mut states, |state| *state);
        assert_eq!(
            states,
            [
                NeedsAttention(Revoked),
                AppNotInstalled,
                Linked,
                NotVerified,
                NotLinked,
                NoLongerConfigured
            ]
        );
        assert_eq!(
            ListSummary::of(states),
            ListSummary {
                providers: 5,
                linked: 4,
                attention: 2,
                orphans: 1
            }
        );
    }
}
