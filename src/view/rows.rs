use external_auth_core::ProviderState;
use leptos::prelude::*;

use super::View;
use crate::reactive::unsubscribe_on_cleanup;
use crate::session::ProviderEntry;

impl View {
    /// The rows that the view is about, whether the search shows them or not.
    #[must_use]
    pub fn rows(self) -> Vec<ProviderEntry> {
        let only = self.only.read();
        let entries = self.session.entries.read();
        let is_meant =
            |entry: &&ProviderEntry| only.is_empty() || only.iter().any(|id| **id == *entry.id);
        entries.iter().filter(is_meant).cloned().collect()
    }

    /// [`rows`](Self::rows), for what is drawn in the view.
    pub(crate) fn each_row(self) -> impl Fn() -> Vec<ProviderEntry> + Clone + Send + 'static {
        move || {
            unsubscribe_on_cleanup();
            self.rows()
        }
    }

    /// Whether the search and the filter of the view show a row.
    #[must_use]
    pub fn shows(self, entry: &ProviderEntry) -> bool {
        let (state, warned) = entry.status();
        let query = self.query.read();
        self.filter.get().admits(state, warned) && (query.is_empty() || entry.is_found(&query))
    }

    /// The providers that "Check all" asks: those that are linked, and that the
    /// deployment has an address to check at.
    #[must_use]
    pub fn checkable(self) -> Vec<ProviderEntry> {
        let is_checkable = |entry: &ProviderEntry| {
            !matches!(
                entry.state(),
                ProviderState::NotLinked
                    | ProviderState::NoLongerConfigured
                    | ProviderState::NotVerified
            )
        };
        self.rows().into_iter().filter(is_checkable).collect()
    }
}
