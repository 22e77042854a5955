use leptos::prelude::GetUntracked;
use web_sys::{Element, HtmlElement};

use super::View;
use crate::platform::NearViewport;
use crate::session::ProviderRow;

/// The attribute of a row's element that holds the
/// [number](ProviderRow::number) of the row.
pub(crate) const ROW_NUMBER: &str = "data-row";

impl View {
    /// From now on providers are asked automatically only while their rows are
    /// near to be seen, in this view or another one that watches.
    pub fn watch_viewport(self) {
        self.inner.with_value(|inner| inner.watches.set(true));
        self.session.ask_only_near();
    }

    /// Begins to observe the rows, if this view watches. `blocks`: those that are on
    /// the page.
    pub(crate) fn observe_rows(self, blocks: &[HtmlElement]) {
        if !self.inner.with_value(|inner| inner.watches.get()) {
            return;
        }
        let viewport = NearViewport::new(ROW_NUMBER, move |changes| {
            let rows = (changes.into_iter())
                .filter_map(|(element, is_near)| Some((self.row_of(&element)?, is_near)));
            self.session.set_near(self.number(), rows);
        });
        if let Some(viewport) = &viewport {
            for block in blocks {
                viewport.observe(block);
            }
        } else {
            let rows = self.session.rows.get_untracked();
            let rows = rows.into_iter().map(|row| (row, true));
            self.session.set_near(self.number(), rows);
        }
        self.inner
            .with_value(|inner| inner.viewport.replace(viewport));
    }

    /// A row has been put on the page.
    pub(crate) fn watch_row(self, row: &Element) {
        let _ = self.inner.try_with_value(|inner| {
            if let Some(viewport) = &*inner.viewport.borrow() {
                viewport.observe_block_of(row);
            }
        });
    }

    /// What the view shows of a provider has come near to be seen, or has gone.
    pub(crate) fn set_near(self, row: &ProviderRow, is_near: bool) {
        self.session
            .set_near(self.number(), [(row.clone(), is_near)]);
    }

    /// The row that an element shows.
    pub(crate) fn row_of(self, element: &Element) -> Option<ProviderRow> {
        let number = element.get_attribute(ROW_NUMBER)?.parse().ok()?;
        self.session.row_of_number(number)
    }
}
