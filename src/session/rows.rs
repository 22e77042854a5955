use external_auth_core::sorted_by_group;
use leptos::prelude::*;

use super::row_signals::RowSignals;
use super::session::Inner;
use super::{ProviderRow, Session, SessionEvent};

impl Session {
    /// The row of a provider.
    #[must_use]
    pub fn row(self, id: &str) -> Option<ProviderRow> {
        let rows = self.rows.read_untracked();
        rows.iter().find(|row| *row.id == *id).cloned()
    }

    /// The row with a [number](ProviderRow::number).
    #[must_use]
    pub fn row_of_number(self, number: usize) -> Option<ProviderRow> {
        let row = |inner: &Inner| inner.all_rows.borrow().get(number).cloned();
        self.inner.try_with_value(row).flatten()
    }

    /// Creates a row, which belongs to the session.
    pub(super) fn new_row(self, id: &str) -> ProviderRow {
        let (is_near, number) = self
            .inner
            .with_value(|inner| (!inner.watches.get(), inner.all_rows.borrow().len()));
        let row = self.with_owner(|| ProviderRow::new(id, number, self, is_near));
        self.inner
            .with_value(|inner| inner.all_rows.borrow_mut().push(row.clone()));
        row
    }

    pub(super) fn row_signals(self) -> RowSignals {
        self.inner.with_value(|inner| inner.row_signals)
    }

    /// A reader runs again when the [model](ProviderRow::model) of any row
    /// changes.
    pub fn track_models(self) {
        self.row_signals().track_models();
    }

    /// A reader runs again when the [status](ProviderRow::status) of any row
    /// changes.
    pub fn track_statuses(self) {
        self.row_signals().track_statuses();
    }

    /// Replaces the rows. Views are notified before, because a row that moves
    /// loses the focus.
    pub(super) fn set_rows(self, rows: Vec<ProviderRow>) {
        self.emit(&SessionEvent::RowsChange);
        if let Some(write) = self.write() {
            write.rows.set(rows);
        }
    }

    /// Puts each row in the group that it belongs to now, and sorts the rows.
    /// Returns them, and whether a row is in another group than before.
    pub(super) fn grouped(rows: &[ProviderRow]) -> (Vec<ProviderRow>, bool) {
        let moved = rows.iter().filter(|row| row.take_place()).count();
        (sorted_by_group(rows, ProviderRow::place), moved > 0)
    }

    /// Sorts the rows again, after a change that no list brought.
    pub(crate) fn sort_rows(self) {
        let before = self.rows.get_untracked();
        let (sorted, moved) = Self::grouped(&before);
        let mut pairs = before.iter().zip(&sorted);
        if moved || pairs.any(|(before, now)| before.id != now.id) {
            self.set_rows(sorted);
        }
    }

    /// A view has ended. None of its cards is close to the viewport any longer.
    pub(crate) fn forget_view(self, view: u64) {
        for row in self.rows.try_get_untracked().unwrap_or_default() {
            row.with_live(|live| live.set_near(view, false));
        }
    }
}
