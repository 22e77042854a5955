use std::cell::RefCell;

use external_auth_core::{ListGroup, RowSlice};
use web_sys::HtmlElement;

use super::drawn_row::DrawnRow;
use super::row_group::RowGroup;
use super::row_kit::RowKit;
use super::row_list_state::RowListState;
use super::rows_layout::RowsLayout;
use super::wanted::Wanted;
use crate::platform::moment;
use crate::session::ProviderRow;
use crate::view::View;

/// The rows on the page, which follow the rows of a view.
///
/// Rows come in slices, so that a long list never keeps the browser from
/// answering: the first screenful at once, the others in tasks between frames.
/// Until then the list has the height of all rows.
pub(super) struct RowList {
    view: View,
    layout: RowsLayout,
    kit: Option<RowKit>,
    state: RefCell<RowListState>,
}

impl RowList {
    /// An empty list.
    pub(super) fn new(view: View, layout: RowsLayout) -> Self {
        // The headings of groups are between the title and the names.
        let level = match layout {
            RowsLayout::Groups => view.heading_level(3),
            _ => Some(view.heading_level(2).unwrap_or_else(|| "2".to_owned())),
        };
        Self {
            view,
            layout,
            kit: RowKit::new(level.as_deref()),
            state: RefCell::default(),
        }
    }

    /// Takes what the list is to show. Removes rows that are not listed any more,
    /// and moves rows, at once. Draws those at once about which there is something
    /// to say, because the focus may go there. Returns whether so much is to change
    /// that it needs a task for itself.
    pub(super) fn take(&self, place: &HtmlElement, wanted: Wanted) -> bool {
        let state = &mut *self.state.borrow_mut();
        if state.place.is_none() {
            state.groups = self.groups(place);
            state.place = Some(place.clone());
        }
        let groups = wanted.rows.iter().map(|row| row.group() as usize);
        let group_of: Vec<_> = groups
            .map(|group| group.min(state.groups.len().saturating_sub(1)))
            .collect();
        let is_same_order = state.group_of == group_of
            && state.rows.len() == wanted.rows.len()
            && (state.rows.iter().zip(&wanted.rows)).all(|(before, now)| before == now);
        let numbers = wanted.rows.iter().map(|row| row.number + 1);
        let length = numbers.max().unwrap_or_default();
        let mut is_shown = vec![false; length];
        for number in wanted.shown {
            if let Some(is_shown) = is_shown.get_mut(number) {
                *is_shown = true;
            }
        }
        if !is_same_order {
            let mut is_listed = vec![false; length];
            for row in &wanted.rows {
                is_listed[row.number] = true;
            }
            for (number, drawn) in state.drawn.iter_mut().enumerate() {
                if is_listed.get(number) != Some(&true) {
                    *drawn = None;
                }
            }
            state
                .drawn
                .resize_with(length.max(state.drawn.len()), || None);
        }
        state.rows = wanted.rows;
        state.group_of = group_of;
        let shown_before = std::mem::replace(&mut state.is_shown, is_shown);
        state.now = Some(wanted.now);
        state.position = 0;
        state.show_groups(wanted.is_folded);
        let mut is_much = false;
        if state.is_shown != shown_before {
            // How many rows of this change fit into a task is not known yet.
            state.slice = RowSlice::default();
            is_much = state.let_rows_wait(&shown_before, self.view);
        }
        if !is_same_order {
            state.arrange();
        }
        for index in 0..state.rows.len() {
            let row = &state.rows[index];
            let number = row.number;
            let is_noticed =
                wanted.noticed.contains(&row.id) || row.model_untracked().warning.is_some();
            if is_noticed {
                self.bring_up_to_date(state, index, None);
                state.wake_passed();
            }
            if let Some(drawn) = &mut state.drawn[number] {
                drawn.set_noticed(is_noticed, self.view);
            }
        }
        is_much
    }

    fn groups(&self, place: &HtmlElement) -> Vec<RowGroup> {
        let group = |group| RowGroup::new(self.view, place, group);
        match self.layout {
            RowsLayout::Groups => ListGroup::ALL
                .into_iter()
                .filter_map(|of| group(Some(of)))
                .collect(),
            _ => group(None).into_iter().collect(),
        }
    }

    /// Draws what is missing, and takes away what the search or the filter does not
    /// show, as much as fits into a task. Returns whether nothing is left to wait
    /// for. `is_first`: no frame came since the last slice.
    pub(super) fn advance(&self, is_first: bool) -> bool {
        let state = &mut *self.state.borrow_mut();
        if is_first && state.is_frame_requested && state.waiting.is_some() {
            // One slice for each frame: the next one draws what has changed as well.
            return true;
        }
        let began = moment().monotonic;
        if !is_first {
            let frame = began.saturating_sub(state.frame_began);
            state.slice = state.slice.next(state.drawing.max(frame), state.rows.len());
        }
        if let Some(waiting) = &mut state.waiting {
            waiting.begin();
        }
        self.draw_slice(state);
        state.groups.iter().for_each(RowGroup::hide_when_empty);
        state.reserve_height();
        if state.position == state.rows.len() {
            state.waiting = None;
            return true;
        }
        // The browser lays the rows out in this task, and paints them in another one:
        // two short tasks in place of a long one.
        if state.measure_row() {
            state.reserve_height();
        }
        state.drawing = moment().monotonic.saturating_sub(began);
        std::mem::replace(&mut state.is_frame_requested, true)
    }

    fn draw_slice(&self, state: &mut RowListState) {
        let mut left = state.slice.rows * RowSlice::CHANGES_PER_ROW;
        let mut previous = state.drawn_before(state.position);
        while state.position < state.rows.len() {
            let (cost, element) = self.bring_up_to_date(state, state.position, previous.as_ref());
            previous = element.or(previous);
            state.position += 1;
            left = left.saturating_sub(cost);
            // Not in the middle of a block that waits. To leave one costs as much as a
            // new row or more.
            if left == 0 && (!state.is_in_block() || cost >= RowSlice::CHANGES_PER_ROW) {
                return;
            }
        }
        state.wake_passed();
    }

    /// The frame that was waited for begins.
    pub(super) fn frame_begins(&self) {
        let state = &mut *self.state.borrow_mut();
        state.frame_began = moment().monotonic;
    }

    /// The frame that was waited for is over. Returns whether something is left to
    /// draw.
    pub(super) fn frame_is_over(&self) -> bool {
        let state = &mut *self.state.borrow_mut();
        state.is_frame_requested = false;
        state.position < state.rows.len()
    }

    /// Opens a row, or closes it.
    pub(super) fn toggle(&self, row: &ProviderRow) {
        let state = &mut *self.state.borrow_mut();
        let drawn = state.drawn.get_mut(row.number).and_then(Option::as_mut);
        if let Some((drawn, kit)) = drawn.zip(self.kit.as_ref()) {
            drawn.toggle(kit, self.view, row);
        }
    }

    /// Removes all rows, while the signals that they read are still there.
    pub(super) fn clear(&self) {
        self.state.borrow_mut().drawn.fill_with(|| None);
    }

    /// Draws one row, or what has changed of it, or takes it away. Returns what that
    /// costs, in changes of a row, and the row's element where it is on the page.
    fn bring_up_to_date(
        &self,
        state: &mut RowListState,
        index: usize,
        previous: Option<&HtmlElement>,
    ) -> (usize, Option<HtmlElement>) {
        let row = state.rows[index].clone();
        let is_shown = state.is_shown[row.number];
        let woken = state.pass(&row, is_shown);
        if !is_shown {
            let drawn = state.drawn[row.number].as_mut();
            let was_there = drawn.is_some_and(DrawnRow::take_away);
            // What waits is not laid out again.
            let cost = RowSlice::CHANGES_PER_ROW - usize::from(state.waiting.is_some());
            return (usize::from(was_there) * cost + woken, None);
        }
        let Some((kit, now)) = self.kit.as_ref().zip(state.now) else {
            return (0, None);
        };
        let is_new = state.drawn[row.number].is_none();
        if is_new {
            let Some(drawn) = DrawnRow::new(kit, &row) else {
                return (0, None);
            };
            state.drawn[row.number] = Some(drawn);
        }
        let Some(drawn) = &mut state.drawn[row.number] else {
            return (0, None);
        };
        let has_changed = drawn.bring_up_to_date(kit, self.view, &row, now);
        let element = drawn.element();
        if drawn.is_on_page() {
            return (usize::from(has_changed) + woken, Some(element));
        }
        drawn.has_been_placed();
        if is_new && self.layout == RowsLayout::OpenCard {
            drawn.toggle(kit, self.view, &row);
        }
        let before = previous.cloned().or_else(|| state.drawn_before(index));
        state.insert(index, &element, before.as_ref());
        let woken = state.pass(&row, true) + state.wake_passed();
        (RowSlice::CHANGES_PER_ROW + woken, Some(element))
    }
}
