use std::cell::Cell;

use external_auth_core::ListGroup;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::row_blocks::RowBlocks;
use super::row_kit::{element, glyph};
use crate::text;
use crate::view::View;

/// The `data-action` of the button that folds a group.
pub(super) const FOLD: &str = "fold";

/// The rows of one group on the page, below a heading with their number. A place
/// that shows one provider has one group without a heading.
pub(super) struct RowGroup {
    /// All of the group, which is hidden while it has no rows.
    section: HtmlElement,
    /// The number in the heading.
    count: Option<Element>,
    /// The button in the heading of a group that is folded at first.
    fold: Option<Element>,
    pub(super) rows: RowBlocks,
    /// The number of rows, and whether they are folded away, as it was said last.
    said: Cell<Option<(usize, bool)>>,
}

impl RowGroup {
    /// A group without rows, at the end of `place`. None where the browser cannot
    /// make it.
    pub(super) fn new(view: View, place: &HtmlElement, group: Option<ListGroup>) -> Option<Self> {
        let rows = RowBlocks::new(view)?;
        let section = element("div", &[("class", "row-group"), ("hidden", "")], &[])?;
        let mut count = None;
        let mut fold = None;
        if let Some(group) = group {
            let name = text::group_label(group);
            rows.list.set_attribute("aria-label", name).ok()?;
            let label = element("span", &[], &[])?;
            label.set_text_content(Some(name));
            let number = element("span", &[("class", "row-group__count")], &[])?;
            let words = [&label, &number];
            let heading = if group == ListGroup::NoLongerConfigured {
                let button = fold_button(&words)?;
                let heading = element("h2", &[("class", "row-group__heading")], &[&button])?;
                fold = Some(button);
                heading
            } else {
                element("h2", &[("class", heading_class(group))], &words)?
            };
            if let Some(level) = view.heading_level(2) {
                heading.set_attribute("aria-level", &level).ok()?;
            }
            section.append_child(&heading).ok()?;
            count = Some(number);
        }
        section.append_child(&rows.list).ok()?;
        place.append_child(&section).ok()?;
        Some(Self {
            section: section.unchecked_into(),
            count,
            fold,
            rows,
            said: Cell::default(),
        })
    }

    /// Says how many rows the group has, and whether they are folded away.
    pub(super) fn say(&self, shown: usize, is_folded: bool) {
        let said = Some((shown, is_folded));
        if self.said.replace(said) == said {
            return;
        }
        if let Some(count) = &self.count {
            // The space is for who hears it or copies it.
            count.set_text_content(Some(&format!(" {shown}")));
        }
        if let Some(fold) = &self.fold {
            let _ = fold.set_attribute("aria-expanded", &(!is_folded).to_string());
        }
        self.rows.list.set_hidden(is_folded);
        if shown > 0 {
            self.section.set_hidden(false);
        }
    }

    /// Hides the group when it has no rows and the last one is taken away.
    pub(super) fn hide_when_empty(&self) {
        let has_none = matches!(self.said.get(), Some((0, _)));
        if self.rows.remove_empty() && has_none && !self.section.hidden() {
            self.section.set_hidden(true);
        }
    }
}

fn heading_class(group: ListGroup) -> &'static str {
    match group {
        ListGroup::Attention => "row-group__heading row-group__heading--attention",
        _ => "row-group__heading",
    }
}

fn fold_button(words: &[&Element; 2]) -> Option<Element> {
    let glyph = glyph("M6 3.5l4.5 4.5L6 12.5")?;
    let [label, number] = words;
    element(
        "button",
        &[
            ("type", "button"),
            ("class", "row-group__fold"),
            ("data-action", FOLD),
        ],
        &[&glyph, label, number],
    )
}
