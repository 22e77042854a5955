use external_auth_core::{ListFilter, ListGroup, ListSummary, ProviderState};
use leptos::prelude::*;

use super::View;
use crate::platform::lower_case;
use crate::session::ProviderRow;

impl View {
    /// The rows that the view is about, whether the search shows them or not.
    #[must_use]
    pub fn rows(self) -> Vec<ProviderRow> {
        let only = self.only.read();
        let rows = self.session.rows.read();
        let is_meant =
            |row: &&ProviderRow| only.is_empty() || only.iter().any(|id| **id == *row.id);
        rows.iter().filter(is_meant).cloned().collect()
    }

    /// The numbers of the rows that the search and the filter show, in the
    /// order of the list. One reader goes through all rows, because a reader
    /// for each row would cost memory for each row.
    #[must_use]
    pub fn shown_rows(self) -> Vec<usize> {
        let query = lower_case(&self.query.read());
        let filter = self.filter.get();
        if query.is_empty() {
            self.session.track_statuses();
        } else {
            // A search finds what a row shows.
            self.session.track_models();
        }
        let is_shown = |row: &&ProviderRow| {
            let (state, warned) = row.status();
            filter.admits(state, warned) && (query.is_empty() || row.is_found(&query))
        };
        let rows = self.rows();
        let shown = rows.iter().filter(is_shown);
        shown.map(|row| row.number).collect()
    }

    /// Whether a search or a filter is active.
    #[must_use]
    pub fn is_searched(self) -> bool {
        !self.query.read().is_empty() || self.filter.get() != ListFilter::All
    }

    /// How many rows need attention that are in another group, and the first of
    /// them. Rows stay where they are while answers arrive.
    pub(crate) fn attention_elsewhere(self) -> (usize, Option<ProviderRow>) {
        self.session.track_statuses();
        let rows = self.rows();
        let mut elsewhere = rows.iter().filter(|row| {
            row.place().0 == ListGroup::Attention && row.group() != ListGroup::Attention
        });
        let first = elsewhere.next().cloned();
        (usize::from(first.is_some()) + elsewhere.count(), first)
    }

    /// The counts of the list.
    #[must_use]
    pub fn summary(self) -> ListSummary {
        self.session.track_statuses();
        ListSummary::of(self.rows().iter().map(ProviderRow::status))
    }

    /// The providers that "Check all" asks: those that are linked, and that the
    /// deployment has an address to check at.
    #[must_use]
    pub fn checkable(self) -> Vec<ProviderRow> {
        self.session.track_statuses();
        let is_checkable = |row: &ProviderRow| {
            !matches!(
                row.state_untracked(),
                ProviderState::NotLinked
                    | ProviderState::NoLongerConfigured
                    | ProviderState::NotVerified
            )
        };
        self.rows().into_iter().filter(is_checkable).collect()
    }
}
