use external_auth_core::ProviderState;
use leptos::prelude::*;

use super::View;
use crate::reactive::unsubscribe_on_cleanup;
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

    /// [`rows`](Self::rows), for what is drawn in the view.
    pub(crate) fn each_row(self) -> impl Fn() -> Vec<ProviderRow> + Clone + Send + 'static {
        move || {
            unsubscribe_on_cleanup();
            self.rows()
        }
    }

    /// Whether the search and the filter of the view show a row.
    #[must_use]
    pub fn shows(self, row: &ProviderRow) -> bool {
        let (state, warned) = row.status();
        let query = self.query.read();
        self.filter.get().admits(state, warned) && (query.is_empty() || row.is_found(&query))
    }

    /// The providers that "Check all" asks: those that are linked, and that the
    /// deployment has an address to check at.
    #[must_use]
    pub fn checkable(self) -> Vec<ProviderRow> {
        let is_checkable = |row: &ProviderRow| {
            !matches!(
                row.state(),
                ProviderState::NotLinked
                    | ProviderState::NoLongerConfigured
                    | ProviderState::NotVerified
            )
        };
        self.rows().into_iter().filter(is_checkable).collect()
    }
}
