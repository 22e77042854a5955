use leptos::prelude::request_animation_frame;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::row_blocks::blocks_in;
use crate::platform::in_next_task;

/// The class of a block of rows that rests (style/later/resting-rows.css).
const RESTS: &str = "row-block row-block--rests";
/// The class of another block of rows.
const AWAKE: &str = "row-block";
/// The height of a block that rests, with all its rows.
const HEIGHT: &str = "contain-intrinsic-block-size";
/// A shorter list does not rest: its rows cost less than the rest would.
const FEWEST_BLOCKS: usize = 8;

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

    /// Whether there are so many rows that they rest.
    pub(super) fn are_many(&self) -> bool {
        !self.blocks.is_empty()
    }

    /// Lets the rows take part again, a block in each frame, so that each frame is short.
    /// Stops when there is another dialog, which wakes the others later.
    pub(super) fn wake(mut self) {
        if self.are_many() {
            request_animation_frame(move || {
                // The style and the layout are made in a task between two frames.
                in_next_task(move || {
                    if !self.is_needed_again() {
                        wake(&self.blocks.remove(0));
                        self.wake();
                    }
                });
            });
        }
    }

    /// Whether there is another dialog, which may open in the next task.
    fn is_needed_again(&self) -> bool {
        let mut next = self.list.as_ref().and_then(Element::last_element_child);
        while let Some(child) = next {
            if child.tag_name().eq_ignore_ascii_case("dialog") {
                return true;
            }
            next = child.previous_element_sibling();
        }
        false
    }
}

fn wake(block: &HtmlElement) {
    // To read a height in the block brings its style and its layout up to date.
    let row = block.first_element_child();
    let row = row.and_then(|row| row.dyn_into::<HtmlElement>().ok());
    let _ = row.map(|row| row.offset_height());
    block.set_class_name(AWAKE);
    let _ = block.style().remove_property(HEIGHT);
}
