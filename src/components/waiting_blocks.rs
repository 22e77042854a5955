use external_auth_core::RowSlice;
use web_sys::{Element, HtmlElement};

use super::row_blocks::blocks_in;
use super::waiting_rows::WaitingRows;
use crate::platform::WAITS;
use crate::view::View;

/// When so many rows come or go, they take more than a few frames.
const MANY: usize = 64;

/// The blocks of a list whose rows wait.
pub(super) struct WaitingBlocks {
    view: View,
    /// The first block of each group, until it waits too.
    first: Vec<HtmlElement>,
    /// The first row of the block that is being brought up to date.
    entered: Option<HtmlElement>,
}

impl WaitingBlocks {
    /// Lets all blocks in an element wait but the first ones. None for few changes, and
    /// while the focus is in a block: what waits cannot have it.
    pub(super) fn new(view: View, place: &Element, changes: usize) -> Option<Self> {
        if changes < MANY || !matches!(place.query_selector(":focus"), Ok(None)) {
            return None;
        }
        let is_first = |block: &HtmlElement| {
            let around = block.parent_element();
            around.is_none_or(|around| around.previous_element_sibling().is_none())
        };
        let (first, others): (Vec<_>, Vec<_>) = blocks_in(place).into_iter().partition(is_first);
        others.iter().for_each(let_wait);
        Some(Self {
            view,
            first,
            entered: None,
        })
    }
}

impl WaitingRows for WaitingBlocks {
    fn begin(&mut self) {
        self.first.drain(..).for_each(|block| let_wait(&block));
    }

    fn pass(&mut self, row: &HtmlElement, is_shown: bool) -> usize {
        let block = row.parent_element();
        let mut cost = 0;
        if let Some(entered) = &self.entered {
            if entered.parent_element() == block {
                return 0;
            }
            cost = self.wake_entered();
        }
        if is_shown && self.waits(row) {
            self.entered = Some(row.clone());
        }
        cost
    }

    fn wake_entered(&mut self) -> usize {
        let row = self.entered.take();
        let Some((row, block)) = row.and_then(|row| Some((row.clone(), row.parent_element()?)))
        else {
            return 0;
        };
        let _ = block.remove_attribute(WAITS);
        self.view.watch_row(&row);
        // The browser has as much to do as for new rows.
        block.child_element_count() as usize * RowSlice::CHANGES_PER_ROW
    }

    fn is_in_block(&self) -> bool {
        self.entered.is_some()
    }

    fn waits(&self, row: &HtmlElement) -> bool {
        let block = row.parent_element();
        block.is_some_and(|block| block.has_attribute(WAITS))
    }
}

fn let_wait(block: &HtmlElement) {
    // Setting an attribute with a valid name cannot fail.
    let _ = block.set_attribute(WAITS, "");
}
