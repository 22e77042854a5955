use crate::{ListFilter, ProviderState, RowModel};

/// The groups of a list, each under a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ListGroup {
    /// The person has something to do, or it is not known whether the link works.
    Attention,
    /// The link works.
    Linked,
    /// There is no link.
    Available,
    /// The deployment does not configure the provider any more.
    NoLongerConfigured,
}

impl ListGroup {
    /// All groups, in the order in which they are shown.
    pub const ALL: [Self; 4] = [
        Self::Attention,
        Self::Linked,
        Self::Available,
        Self::NoLongerConfigured,
    ];

    /// The group of a provider. `warned`: its token may not be revoked.
    #[must_use]
    pub fn of(state: ProviderState, warned: bool) -> Self {
        match state {
            _ if ListFilter::Attention.admits(state, warned) => Self::Attention,
            ProviderState::NoLongerConfigured => Self::NoLongerConfigured,
            ProviderState::NotLinked => Self::Available,
            _ => Self::Linked,
        }
    }
}

impl RowModel {
    /// The group of the row, and whether it comes before the other rows of the
    /// group: a link that ends soon is more urgent than one that does not.
    #[must_use]
    pub fn place(&self) -> (ListGroup, bool) {
        let (state, warned) = self.status();
        (ListGroup::of(state, warned), self.ends_soon)
    }
}

/// Sorts rows by their groups. In a group, those that end soon come first;
/// otherwise the deployment's order is kept. `place` returns for each row what
/// [`RowModel::place`] returns.
#[must_use]
pub fn sorted_by_group<T: Clone>(items: &[T], place: impl Fn(&T) -> (ListGroup, bool)) -> Vec<T> {
    // Eight passes over a list. A general sort is 10 KB of WebAssembly.
    let places: Vec<_> = items.iter().map(place).collect();
    let mut sorted = Vec::with_capacity(items.len());
    for group in ListGroup::ALL {
        for is_first in [true, false] {
            for (item, place) in items.iter().zip(&places) {
                if *place == (group, is_first) {
                    sorted.push(item.clone());
                }
            }
        }
    }
    sorted
}

#[cfg(test)]
mod tests {
    use super::ListGroup::{self, Attention, Available, Linked, NoLongerConfigured};
    use super::sorted_by_group;
    use crate::PermanentFailure::Revoked;
    use crate::ProviderState as S;
    use crate::TransientFailure::UnknownReason;

    #[test]
    fn every_state_has_a_group() {
        for (state, group) in [
            (S::NeedsAttention(Revoked), Attention),
            (S::CouldNotCheck(UnknownReason), Attention),
            (S::AppNotInstalled, Attention),
            (S::Linked, Linked),
            (S::Renewing, Linked),
            (S::NotVerified, Linked),
            (S::NotLinked, Available),
            (S::NoLongerConfigured, NoLongerConfigured),
        ] {
            assert_eq!(ListGroup::of(state, false), group, "{state:?}");
        }
    }

    #[test]
    fn a_token_that_may_not_be_revoked_needs_attention() {
        assert_eq!(ListGroup::of(S::NotLinked, true), Attention);
    }

    #[test]
    fn groups_keep_the_order_of_the_deployment_after_what_ends_soon() {
        let rows = [
            ("a", (Available, false)),
            ("b", (NoLongerConfigured, false)),
            ("c", (Linked, false)),
            ("d", (Attention, false)),
            ("e", (Linked, true)),
            ("f", (Linked, false)),
            ("g", (Attention, true)),
            ("h", (Available, false)),
        ];
        let sorted: String = (sorted_by_group(&rows, |(_, place)| *place).iter())
            .map(|(name, _)| *name)
            .collect();
        assert_eq!(sorted, "gdecfahb");
    }
}
