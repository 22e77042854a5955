use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node};

use super::row_kit::element;
use crate::view::View;

/// How many rows a block takes at the end.
const ROWS: u32 = 32;

/// The rows of a group on the page, in blocks.
///
/// When something in a long list changes its height, the browser moves blocks. It
/// need not visit the twenty thousand elements of a thousand rows. No role: for
/// assistive technology the rows are items of the list.
///
/// Each block is the only child of an element. When a block does not wait or rest any
/// more, the browser visits all that its parent has.
pub(super) struct RowBlocks {
    pub(super) list: HtmlElement,
    view: View,
}

impl RowBlocks {
    /// A list without rows. None where the browser cannot make it.
    pub(super) fn new(view: View) -> Option<Self> {
        let list = element(
            "div",
            &[("class", "external-auth-list__rows"), ("role", "list")],
            &[],
        )?;
        Some(Self {
            list: list.unchecked_into(),
            view,
        })
    }

    /// Puts a new row behind another one, or at the beginning where that is in
    /// another list.
    pub(super) fn insert(&self, row: &HtmlElement, previous: Option<&HtmlElement>) {
        let behind = previous.and_then(|row| Some((row, self.block_of(row)?)));
        let block = behind
            .as_ref()
            .map(|(_, block)| block.clone())
            .or_else(|| self.first_block());
        let next = match &behind {
            Some((previous, _)) => previous.next_element_sibling(),
            None => block.as_ref().and_then(Element::first_element_child),
        };
        let has_room = |block: &Element| next.is_some() || block.child_element_count() < ROWS;
        let place = match block {
            Some(block) if has_room(&block) => Some(block),
            block => self.new_block(block.as_ref()),
        };
        if let Some(place) = place {
            let next = next.as_ref().map(AsRef::as_ref);
            let _ = place.insert_before(row, next);
            self.view.watch_row(row);
        }
    }

    /// Puts the rows that are on the page in their order, and moves as few of them
    /// as it can where one row has moved.
    pub(super) fn arrange(&self, rows: impl Iterator<Item = HtmlElement>) {
        let mut next = self.first_row();
        let mut last: Option<HtmlElement> = None;
        for row in rows {
            let element: &Element = &row;
            let after_next = next.as_ref().and_then(|next| self.row_after(next));
            if next.as_ref() == Some(element) {
                next = after_next;
            } else if let (Some(displaced), true) = (&next, after_next.as_ref() == Some(element)) {
                // The row in between is put back when its turn comes.
                displaced.remove();
                next = self.row_after(element);
            } else {
                self.insert(&row, last.as_ref());
            }
            last = Some(row);
        }
    }

    /// Removes blocks whose rows are gone. Returns whether no row is left.
    pub(super) fn remove_empty(&self) -> bool {
        let mut next = self.list.first_element_child();
        while let Some(around) = next {
            next = around.next_element_sibling();
            let is_empty = |block: Element| !block.has_child_nodes();
            if around.first_element_child().is_none_or(is_empty) {
                around.remove();
            }
        }
        !self.list.has_child_nodes()
    }

    fn first_block(&self) -> Option<Element> {
        self.list.first_element_child()?.first_element_child()
    }

    fn first_row(&self) -> Option<Element> {
        first_row_from(self.first_block())
    }

    fn row_after(&self, row: &Element) -> Option<Element> {
        row.next_element_sibling()
            .or_else(|| first_row_from(block_after(&self.block_of(row)?)))
    }

    /// The block that a row is in. None for a row of another list.
    fn block_of(&self, row: &Element) -> Option<Element> {
        let list: &Node = &self.list;
        let block = row.parent_element()?;
        let around = block.parent_node()?;
        (around.parent_node().as_ref() == Some(list)).then_some(block)
    }

    /// A block behind another one, or at the end.
    fn new_block(&self, previous: Option<&Element>) -> Option<Element> {
        let block = element("div", &[("class", "row-block")], &[])?;
        let around = element("div", &[], &[&block])?;
        let next = previous.and_then(|block| block.parent_element()?.next_element_sibling());
        let next = next.as_ref().map(AsRef::as_ref);
        self.list.insert_before(&around, next).ok()?;
        Some(block)
    }
}

/// The blocks of all groups of rows in an element.
pub(super) fn blocks_in(around: &Element) -> Vec<HtmlElement> {
    let mut blocks = Vec::new();
    let first_of = |element: &Element| element.query_selector(".row-block").ok().flatten();
    let mut group = first_of(around).and_then(|block| block.closest(".row-group").ok().flatten());
    while let Some(within) = group {
        let mut next = first_of(&within);
        while let Some(block) = next {
            next = block_after(&block);
            blocks.push(block.unchecked_into());
        }
        group = within.next_element_sibling();
    }
    blocks
}

fn block_after(block: &Element) -> Option<Element> {
    block
        .parent_element()?
        .next_element_sibling()?
        .first_element_child()
}

fn first_row_from(block: Option<Element>) -> Option<Element> {
    let mut next = block;
    while let Some(block) = next {
        let row = block.first_element_child();
        if row.is_some() {
            return row;
        }
        next = block_after(&block);
    }
    None
}
