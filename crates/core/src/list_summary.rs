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
#[must_use]
pub fn sorted_by_state<T: Clone>(items: &[T], state: impl Fn(&T) -> ProviderState) -> Vec<T> {
    // Four passes over a short list: a general sort is 10 KB of WebAssembly.
    let ranks: Vec<u8> = items.iter().map(|item| rank(state(item))).collect();
    let mut sorted = Vec::with_capacity(items.len());
    for wanted in 0..4 {
        for (item, rank) in items.iter().zip(&ranks) {
            if *rank == wanted {
                sorted.push(item.clone());
            }
        }
    }
    sorted
}

fn rank(state: ProviderState) -> u8 {
    match state {
        ProviderState::NoLongerConfigured => 3,
        ProviderState::NotLinked => 2,
        state if state.needs_attention() => 0,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::{ListSummary, sorted_by_state};
    use crate::FinalTrouble::Revoked;
    use crate::ProviderState::{
        AppNotInstalled, Linked, NeedsAttention, NoLongerConfigured, NotLinked, NotVerified,
    };

    #[test]
    fn attention_comes_first_and_orphans_last() {
        let states = [
            NotLinked,
            NoLongerConfigured,
            Linked,
            NeedsAttention(Revoked),
            NotVerified,
            AppNotInstalled,
        ];
        assert_eq!(
            sorted_by_state(&states, |state| *state),
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
