use leptos::prelude::request_animation_frame;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::row_blocks::blocks_in;

/// The class of a block of rows that rests (style/later/resting-rows.css).
const RESTS: &str = "row-block row-block--rests";
/// The class of another block of rows.
const AWAKE: &str = "row-block";
/// The height of a block that rests, with all its rows.
const HEIGHT: &str = "contain-intrinsic-block-size";
/// A shorter list does not rest: its rows cost less than the rest would.
const FEWEST_BLOCKS: usize = 8;
/// How many blocks are brought up to date in one frame.
const UPDATED_PER_FRAME: usize = 2;
/// How many blocks are woken in one frame.
const WOKEN_PER_FRAME: usize = 16;

/// The rows of a long list while a modal dialog is open.
///
/// What is behind a modal dialog is inert, and that is inherited: when the dialog
/// opens, and when it closes, the browser makes the style of each element anew. With
/// a thousand rows that takes half a second on a phone. Rows that rest and are not
/// seen have no part in it. Nothing can reach them while the dialog is open, and
/// assistive technology neither.
pub(super) struct RestingRows {
    /// What the dialog and the rows are in.
    list: Option<Element>,
    blocks: Vec<HtmlElement>,
}

impl RestingRows {
    /// Lets the rows of the list that a dialog belongs to rest.
    pub(super) fn beside(dialog: &Element) -> Self {
        let list = dialog.parent_element();
        let mut blocks = list.as_ref().map_or_else(Vec::new, blocks_in);
        if blocks.len() < FEWEST_BLOCKS {
            blocks.clear();
        }
        // All are read before one is changed, so that there is one layout.
        let heights: Vec<_> = blocks.iter().map(HtmlElement::offset_height).collect();
        for (block, height) in blocks.iter().zip(heights) {
            block.set_class_name(RESTS);
            let _ = block.style().set_property(HEIGHT, &format!("{height}px"));
        }
        Self { list, blocks }
    }

    /// Lets the rows take part again, a few in each frame, so that each frame is short.
    /// Stops when another dialog is open, which wakes them later.
    pub(super) fn wake(self) {
        if !self.blocks.is_empty() {
            self.in_frames(UPDATED_PER_FRAME, bring_up_to_date, 0, |rows| {
                rows.in_frames(WOKEN_PER_FRAME, wake, 0, drop);
            });
        }
    }

    /// Does something with each block from `from` on, with `per_frame` blocks in a
    /// frame, and then does `then`.
    fn in_frames(self, per_frame: usize, act: fn(&HtmlElement), from: usize, then: fn(Self)) {
        request_animation_frame(move || {
            if self.is_needed_again() {
                return;
            }
            self.blocks.iter().skip(from).take(per_frame).for_each(act);
            let next = from + per_frame;
            if next < self.blocks.len() {
                self.in_frames(per_frame, act, next, then);
            } else {
                then(self);
            }
        });
    }

    fn is_needed_again(&self) -> bool {
        let open = self
            .list
            .as_ref()
            .map(|list| list.query_selector("dialog[open]"));
        matches!(open, Some(Ok(Some(_))))
    }
}

/// Brings the style of a block up to date while it still rests: to read a height in
/// it needs that.
fn bring_up_to_date(block: &HtmlElement) {
    let row = block.first_element_child();
    let row = row.and_then(|row| row.dyn_into::<HtmlElement>().ok());
    let _ = row.map(|row| row.offset_height());
}

fn wake(block: &HtmlElement) {
    block.set_class_name(AWAKE);
    let _ = block.style().remove_property(HEIGHT);
}
