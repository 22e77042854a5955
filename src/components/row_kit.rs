use external_auth_core::ProviderAction;
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// The elements of which closed rows are made, parsed once and copied for each
/// row.
///
/// A closed row is not a Leptos view, because a long list has a thousand of
/// them: a view keeps some kilobytes of memory for each row, a copy of these
/// elements keeps none.
pub(super) struct RowKit {
    row: Element,
    unlink: Element,
    check: Element,
    button: Element,
    install: Element,
}

/// Nothing foreign is in it: the texts of a row are set as text.
const PARTS: &str = concat!(
    r#"<li class="provider-card" part="card" role="listitem" tabindex="-1"><div class="provider-card__line">"#,
    r#"<button type="button" class="button button--icon provider-card__toggle" part="toggle" data-action="details" aria-expanded="false">"#,
    r#"<svg class="glyph" viewBox="0 0 16 16" aria-hidden="true"><path d="M6 3.5l4.5 4.5L6 12.5"/></svg></button>"#,
    r#"<span class="provider-icon" aria-hidden="true"></span>"#,
    r#"<div class="provider-card__words"><h2></h2>"#,
    r#"<span class="state-badge" part="badge"><svg class="glyph" viewBox="0 0 16 16" aria-hidden="true"><path/></svg><span></span></span>"#,
    r#"<p class="provider-card__fact"></p></div>"#,
    r#"<div class="provider-actions"></div></div></li>"#,
    r#"<button type="button" class="button button--icon" part="button" data-action="unlink"><svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">"#,
    r#"<path d="M9 4.5l1-1a2.5 2.5 0 0 1 3.5 3.5l-1 1M7 11.5l-1 1A2.5 2.5 0 0 1 2.5 9l1-1M3 3l10 10"/></svg></button>"#,
    r#"<button type="button" class="button button--icon" part="button" data-action="check"><svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">"#,
    r#"<path d="M13 8a5 5 0 1 1-1.6-3.7M12 2v2.6H9.4"/></svg></button>"#,
    r#"<button type="button" class="button" part="button"></button>"#,
    r#"<a class="button" part="button" target="_blank" rel="noopener noreferrer"></a>"#,
);

impl RowKit {
    /// Parses the elements. `heading_level` is the level of the names, if it
    /// is not that of their element. None where the browser has none of this.
    pub(super) fn new(heading_level: Option<&str>) -> Option<Self> {
        let place = document().create_element("div").ok()?;
        place.set_inner_html(PARTS);
        let row = place.first_element_child()?;
        let unlink = row.next_element_sibling()?;
        let check = unlink.next_element_sibling()?;
        let button = check.next_element_sibling()?;
        let install = button.next_element_sibling()?;
        if let (Some(level), Ok(Some(name))) = (heading_level, row.query_selector("h2")) {
            name.set_attribute("aria-level", level).ok()?;
        }
        Some(Self {
            row,
            unlink,
            check,
            button,
            install,
        })
    }

    /// A new closed row.
    pub(super) fn row(&self) -> Option<HtmlElement> {
        copy(&self.row)
    }

    /// A new button for an action. `is_icon`: a glyph is in it, in place of
    /// words.
    pub(super) fn button(&self, action: ProviderAction, is_icon: bool) -> Option<HtmlElement> {
        let button = copy(self.model(action, is_icon))?;
        button.set_attribute("data-action", action.as_str()).ok()?;
        Some(button)
    }

    /// The content of an icon button.
    pub(super) fn glyph(&self, action: ProviderAction) -> String {
        self.model(action, true).inner_html()
    }

    fn model(&self, action: ProviderAction, is_icon: bool) -> &Element {
        match action {
            ProviderAction::Unlink if is_icon => &self.unlink,
            ProviderAction::Check if is_icon => &self.check,
            ProviderAction::Install => &self.install,
            _ => &self.button,
        }
    }
}

fn copy(element: &Element) -> Option<HtmlElement> {
    let copied = element.clone_node_with_deep(true).ok()?;
    copied.dyn_into().ok()
}
