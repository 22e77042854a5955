use std::time::Duration;

use external_auth_core::{ListGroup, RowSlice, Timestamp};
use web_sys::HtmlElement;

use super::drawings::DRAWINGS;
use super::drawn_row::DrawnRow;
use super::row_group::RowGroup;
use super::waiting_rows::WaitingRows;
use crate::chunk::Chunk;
use crate::session::ProviderRow;
use crate::view::View;

/// The height of a closed row in pixels (style/provider-card.css), with the line
/// above it.
const ROW_HEIGHT: i32 = 61;
/// The height of a row of a long list.
const COMPACT_HEIGHT: i32 = 45;
/// A longer list is compact.
pub(super) const MOST_COMFORTABLE: usize = 30;

/// What a list of rows shows, and how far it has come.
#[derive(Default)]
pub(super) struct RowListState {
    pub(super) place: Option<HtmlElement>,
    pub(super) groups: Vec<RowGroup>,
    pub(super) rows: Vec<ProviderRow>,
    /// The position in `groups` for each of the rows.
    pub(super) group_of: Vec<usize>,
    /// Whether a row is shown, by its number.
    pub(super) is_shown: Vec<bool>,
    pub(super) now: Option<Timestamp>,
    /// What is on the page, by the number of the row.
    pub(super) drawn: Vec<Option<DrawnRow>>,
    /// The position up to which the rows are up to date.
    pub(super) position: usize,
    pub(super) is_frame_requested: bool,
    pub(super) slice: RowSlice,
    /// How long it took to draw the last slice.
    pub(super) drawing: Duration,
    /// When the frame after the last slice began.
    pub(super) frame_began: Duration,
    /// The height of a row in pixels, when one has been measured.
    pub(super) row_height: Option<i32>,
    /// The height in pixels that is reserved for rows that are still to come.
    pub(super) reserved: usize,
    /// The rows that wait for their turn after a large change.
    pub(super) waiting: Option<Box<dyn WaitingRows>>,
}

impl RowListState {
    /// Lets rows wait for their turn if so many come or go that they take more than a few
    /// frames, which are short then. Returns whether they wait.
    pub(super) fn let_rows_wait(&mut self, shown_before: &[bool], view: View) -> bool {
        let drawings = Chunk::get(&DRAWINGS).zip(self.place.as_ref());
        let waiting = drawings.and_then(|(drawings, place)| {
            drawings.waiting_rows(view, place, shown_before, &self.is_shown)
        });
        let is_much = waiting.is_some();
        // Those that wait already go on waiting.
        self.waiting = waiting.or(self.waiting.take());
        if is_much {
            self.reserve_height();
        }
        is_much
    }

    /// Comes to a row of the list. Returns what that costs, in changes of a row.
    pub(super) fn pass(&mut self, row: &ProviderRow, is_shown: bool) -> usize {
        let Some(waiting) = &mut self.waiting else {
            return 0;
        };
        let element = on_page(&self.drawn, row).map(DrawnRow::element);
        element.map_or(0, |element| waiting.pass(&element, is_shown))
    }

    /// Ends the wait of the rows that have been passed. Returns what that costs, in
    /// changes of a row.
    pub(super) fn wake_passed(&mut self) -> usize {
        (self.waiting.as_mut()).map_or(0, |waiting| waiting.wake_entered())
    }

    /// Whether it is in the middle of a block of rows that waits.
    pub(super) fn is_in_block(&self) -> bool {
        (self.waiting.as_ref()).is_some_and(|waiting| waiting.is_in_block())
    }

    /// Puts a new row at a position into its group. `previous`: a row before it.
    pub(super) fn insert(
        &self,
        position: usize,
        row: &HtmlElement,
        previous: Option<&HtmlElement>,
    ) {
        if let Some(group) = self.groups.get(self.group_of[position]) {
            group.rows.insert(row, previous);
        }
    }

    /// The element of the last row before a position that is on the page.
    pub(super) fn drawn_before(&self, position: usize) -> Option<HtmlElement> {
        (self.rows[..position].iter().rev()).find_map(|row| self.on_page(row))
    }

    fn on_page(&self, row: &ProviderRow) -> Option<HtmlElement> {
        on_page(&self.drawn, row).map(DrawnRow::element)
    }

    /// Says how many rows each group has. The rows of a folded one are not shown.
    pub(super) fn show_groups(&mut self, is_folded: bool) {
        for (index, group) in self.groups.iter().enumerate() {
            let is_folded = is_folded && index == ListGroup::NoLongerConfigured as usize;
            let mut shown = 0;
            for (row, _) in self
                .rows
                .iter()
                .zip(&self.group_of)
                .filter(|(_, of)| **of == index)
            {
                shown += usize::from(self.is_shown[row.number]);
                self.is_shown[row.number] &= !is_folded;
            }
            group.say(shown, is_folded);
        }
    }

    /// Puts the rows that are on the page in their groups and in their order.
    pub(super) fn arrange(&self) {
        for (index, group) in self.groups.iter().enumerate() {
            let rows = self
                .rows
                .iter()
                .zip(&self.group_of)
                .filter(|(_, of)| **of == index);
            group
                .rows
                .arrange(rows.filter_map(|(row, _)| self.on_page(row)));
        }
    }

    /// Measures a row, for which the browser makes the layout. While blocks wait, the
    /// height is known, and the row may be in one of them. Returns whether the height is
    /// another one than before.
    pub(super) fn measure_row(&mut self) -> bool {
        if self.waiting.is_some() {
            let _ = self.place.as_ref().map(HtmlElement::offset_height);
            return false;
        }
        let last = self.drawn_before(self.position);
        let height = last.map(|row| row.offset_height());
        let height = height.filter(|height| *height > 0).or(self.row_height);
        std::mem::replace(&mut self.row_height, height) != height
    }

    /// Reserves the height of the rows that are still to come, so that the page
    /// keeps its height.
    pub(super) fn reserve_height(&mut self) {
        let waits = |drawn: &DrawnRow| {
            let waiting = self.waiting.as_ref();
            waiting.is_some_and(|waiting| waiting.waits(&drawn.element()))
        };
        let is_missing = |row: &&ProviderRow| {
            self.is_shown[row.number] && on_page(&self.drawn, row).is_none_or(waits)
        };
        let missing = self.rows.iter().filter(is_missing).count();
        let expected = if self.rows.len() > MOST_COMFORTABLE {
            COMPACT_HEIGHT
        } else {
            ROW_HEIGHT
        };
        let height = self.row_height.unwrap_or(expected);
        let reserved = missing * usize::try_from(height).unwrap_or_default();
        let Some(place) = self.place.as_ref().filter(|_| self.reserved != reserved) else {
            return;
        };
        let style = HtmlElement::style(place);
        let _ = if reserved > 0 {
            style.set_property("padding-block-end", &format!("{reserved}px"))
        } else {
            style.remove_property("padding-block-end").map(drop)
        };
        self.reserved = reserved;
    }
}

/// What is drawn of a row, if it is on the page.
fn on_page<'a>(drawn: &'a [Option<DrawnRow>], row: &ProviderRow) -> Option<&'a DrawnRow> {
    drawn[row.number].as_ref().filter(|row| row.is_on_page())
}
