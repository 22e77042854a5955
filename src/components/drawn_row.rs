use external_auth_core::Timestamp;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::closed_row::{ClosedRow, panel_id};
use super::drawings::{drawn_when_fetched, row_extras};
use super::mounted_part::MountedPart;
use super::row_kit::RowKit;
use crate::session::ProviderRow;
use crate::text;
use crate::view::View;

/// A row on the page: its line; what there is to say below it, while there is
/// something; and the panel, while the row is open.
pub(super) struct DrawnRow {
    line: ClosedRow,
    written_at: Option<Timestamp>,
    is_on_page: bool,
    extras: Option<MountedPart>,
    panel: Option<MountedPart>,
}

impl DrawnRow {
    /// A closed row, which shows nothing yet.
    pub(super) fn new(kit: &RowKit, row: &ProviderRow) -> Option<Self> {
        Some(Self {
            line: ClosedRow::new(kit, row)?,
            written_at: None,
            is_on_page: false,
            extras: None,
            panel: None,
        })
    }

    /// The list item.
    pub(super) fn element(&self) -> HtmlElement {
        self.line.element.clone()
    }

    /// Whether it is on the page. The search and the filter take rows from the
    /// page, because rows that are only hidden still cost time in every frame.
    pub(super) fn is_on_page(&self) -> bool {
        self.is_on_page
    }

    /// The row has been put on the page.
    pub(super) fn has_been_placed(&mut self) {
        self.is_on_page = true;
    }

    /// Takes the row from the page. Returns whether it was there.
    pub(super) fn take_away(&mut self) -> bool {
        let was_on_page = std::mem::take(&mut self.is_on_page);
        if was_on_page {
            self.line.element.remove();
        }
        was_on_page
    }

    /// Shows the row as its model is now. Returns whether there was anything to
    /// do.
    pub(super) fn bring_up_to_date(
        &mut self,
        kit: &RowKit,
        view: View,
        row: &ProviderRow,
        now: Timestamp,
    ) -> bool {
        let model = row.model_untracked();
        let is_same = self.line.shows(&model);
        if is_same && self.written_at == Some(now) {
            return false;
        }
        if !is_same {
            self.line.show(kit, &model, self.panel.is_some());
        }
        self.written_at = Some(now);
        let words = view.time_words();
        let state = text::row_state(&model, now, &words);
        let facts = text::row_line(&model, now, &words);
        self.line.show_words(&state, &facts);
        true
    }

    /// Draws what there is to say below the line, or removes it.
    pub(super) fn set_noticed(&mut self, is_noticed: bool, view: View) {
        if is_noticed == self.extras.is_some() {
            return;
        }
        // The old part is dropped first.
        self.extras = None;
        let row = view.row_of(&self.line.element).filter(|_| is_noticed);
        let place = new_place("provider-card__extras");
        if let Some((row, place)) = row.zip(place) {
            let panel = self.line.element.children().item(1);
            let next = panel.as_ref().map(AsRef::as_ref);
            let _ = self.line.element.insert_before(&place, next);
            self.extras = Some(MountedPart::new(place, move || row_extras(view, row)));
        }
    }

    /// Opens the row, or closes it.
    pub(super) fn toggle(&mut self, kit: &RowKit, view: View, row: &ProviderRow) {
        if self.panel.take().is_none()
            && let Some(place) = new_place("provider-card__panel")
        {
            place.set_id(&panel_id(&row.id));
            let _ = self.line.element.append_child(&place);
            let row = row.clone();
            self.panel = Some(MountedPart::new(place, move || {
                drawn_when_fetched(move |drawings| drawings.provider_panel(view, row.clone()))
            }));
        }
        self.line.set_open(kit, self.panel.is_some());
    }
}

impl Drop for DrawnRow {
    fn drop(&mut self) {
        self.line.element.remove();
    }
}

fn new_place(class: &str) -> Option<HtmlElement> {
    let place = document().create_element("div").ok()?;
    place.set_class_name(class);
    place.dyn_into().ok()
}
