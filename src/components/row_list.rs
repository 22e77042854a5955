use std::cell::RefCell;
use std::time::Duration;

use external_auth_core::{RowSlice, Timestamp};
use web_sys::{Element, HtmlElement, HtmlUListElement};

use super::drawn_row::DrawnRow;
use super::row_kit::RowKit;
use super::wanted::Wanted;
use crate::platform::moment;
use crate::session::ProviderRow;
use crate::view::View;

/// The height of a closed row in pixels (style/provider-card.css), with the line
/// above it.
const ROW_HEIGHT: i32 = 57;

/// The rows on the page, which follow the rows of a view.
///
/// Rows come in slices, so that a long list never keeps the browser from
/// answering: the first screenful at once, the others in tasks between frames.
/// Until then the list has the height of all rows.
pub(super) struct RowList {
    view: View,
    starts_open: bool,
    kit: Option<RowKit>,
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    place: Option<HtmlUListElement>,
    rows: Vec<ProviderRow>,
    /// Whether a row is shown, by its number.
    is_shown: Vec<bool>,
    now: Option<Timestamp>,
    /// What is on the page, by the number of the row.
    drawn: Vec<Option<DrawnRow>>,
    /// The position up to which the rows are up to date.
    position: usize,
    is_frame_requested: bool,
    slice: RowSlice,
    /// How long it took to draw the last slice.
    drawing: Duration,
    /// When the frame after the last slice began.
    frame_began: Duration,
    /// The height of a row in pixels: as the style sheet has it for one line, until
    /// one is measured.
    row_height: i32,
    /// The height in pixels that is reserved for rows that are still to come.
    reserved: usize,
}

impl RowList {
    /// An empty list.
    pub(super) fn new(view: View, starts_open: bool) -> Self {
        Self {
            view,
            starts_open,
            kit: RowKit::new(view.heading_level(2).as_deref()),
            state: RefCell::new(State {
                row_height: ROW_HEIGHT,
                ..State::default()
            }),
        }
    }

    /// Takes what the list is to show. Removes, moves and hides rows at once,
    /// and draws those at once about which there is something to say, because
    /// the focus may go there.
    pub(super) fn take(&self, place: HtmlUListElement, wanted: Wanted) {
        let state = &mut *self.state.borrow_mut();
        let is_same_order = state.rows.len() == wanted.rows.len()
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
        state.is_shown = is_shown;
        state.now = Some(wanted.now);
        state.position = 0;
        if !is_same_order {
            state.arrange(&place);
        }
        state.place = Some(place);
        for index in 0..state.rows.len() {
            let row = &state.rows[index];
            let number = row.number;
            let is_noticed =
                wanted.noticed.contains(&row.id) || row.model_untracked().warning.is_some();
            if !state.is_shown[number]
                && let Some(drawn) = &mut state.drawn[number]
            {
                drawn.hide();
            }
            if is_noticed {
                self.bring_up_to_date(state, index, None);
            }
            if let Some(drawn) = &mut state.drawn[number] {
                drawn.set_noticed(is_noticed, self.view);
            }
        }
    }

    /// Draws what is missing, as much as fits into a task. Returns whether nothing
    /// is left to wait for. `is_first`: no frame came since the last slice.
    pub(super) fn advance(&self, is_first: bool) -> bool {
        let state = &mut *self.state.borrow_mut();
        let began = moment().monotonic;
        if !is_first {
            let frame = began.saturating_sub(state.frame_began);
            state.slice = state.slice.next(state.drawing.max(frame), state.rows.len());
        }
        self.draw_slice(state);
        state.reserve_height();
        state.drawing = moment().monotonic.saturating_sub(began);
        if state.position == state.rows.len() {
            return true;
        }
        std::mem::replace(&mut state.is_frame_requested, true)
    }

    fn draw_slice(&self, state: &mut State) {
        let mut left = state.slice.rows * RowSlice::CHANGES_PER_ROW;
        let mut previous = state.drawn_before(state.position);
        while left > 0 && state.position < state.rows.len() {
            let (cost, element) = self.bring_up_to_date(state, state.position, previous.as_ref());
            previous = element.or(previous);
            state.position += 1;
            left = left.saturating_sub(cost);
        }
    }

    /// The frame that was waited for begins.
    pub(super) fn frame_begins(&self) {
        let state = &mut *self.state.borrow_mut();
        state.frame_began = moment().monotonic;
        state.measure_row();
        state.reserve_height();
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

    /// Draws one row, or what has changed of it. Returns what it costs, in changes
    /// of a row, and the row's element.
    fn bring_up_to_date(
        &self,
        state: &mut State,
        index: usize,
        previous: Option<&HtmlElement>,
    ) -> (usize, Option<HtmlElement>) {
        let row = state.rows[index].clone();
        if !state.is_shown[row.number] {
            let drawn = state.drawn[row.number].as_ref();
            return (0, drawn.map(DrawnRow::element));
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
        if is_new {
            if self.starts_open {
                drawn.toggle(kit, self.view, &row);
            }
            let before = previous.cloned().or_else(|| state.drawn_before(index));
            state.insert(&element, before.as_ref());
            self.view.watch_row(&element);
            return (RowSlice::CHANGES_PER_ROW, Some(element));
        }
        (usize::from(has_changed), Some(element))
    }
}

impl State {
    /// The element of the last row before a position that is drawn.
    fn drawn_before(&self, position: usize) -> Option<HtmlElement> {
        (self.rows[..position].iter().rev())
            .find_map(|row| self.drawn[row.number].as_ref().map(DrawnRow::element))
    }

    fn insert(&self, element: &HtmlElement, previous: Option<&HtmlElement>) {
        let Some(place) = &self.place else {
            return;
        };
        let next = match previous {
            Some(previous) => previous.next_sibling(),
            None => place.first_child(),
        };
        let _ = place.insert_before(element, next.as_ref());
    }

    /// Puts the rows that are drawn in their order, and moves as few of them as
    /// it can where one row has moved.
    fn arrange(&self, place: &HtmlUListElement) {
        let mut next = place.first_element_child();
        for row in &self.rows {
            let Some(drawn) = &self.drawn[row.number] else {
                continue;
            };
            let element: Element = drawn.element().into();
            if next.as_ref() == Some(&element) {
                next = element.next_element_sibling();
                continue;
            }
            let after_next = next.as_ref().and_then(Element::next_element_sibling);
            if let (Some(displaced), true) = (&next, after_next.as_ref() == Some(&element)) {
                // The row in between is put back when its turn comes.
                displaced.remove();
                next = element.next_element_sibling();
                continue;
            }
            let before = next.as_ref().map(AsRef::as_ref);
            let _ = place.insert_before(&element, before);
        }
    }

    /// Measures a row. The frame that begins needs its layout anyway.
    fn measure_row(&mut self) {
        let last = self.drawn_before(self.position);
        if let Some(height) = last.map(|row| row.offset_height())
            && height > 0
        {
            self.row_height = height;
        }
    }

    /// Reserves the height of the rows that are still to come, so that the page
    /// keeps its height.
    fn reserve_height(&mut self) {
        let is_missing = |row: &&ProviderRow| {
            self.is_shown[row.number]
                && self.drawn[row.number]
                    .as_ref()
                    .is_none_or(DrawnRow::is_hidden)
        };
        let missing = self.rows[self.position..].iter().filter(is_missing).count();
        let reserved = missing * usize::try_from(self.row_height).unwrap_or_default();
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
