use external_auth_core::ProviderAction;
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// The elements of which closed rows are made. They are made once and copied for
/// each row.
///
/// A closed row is not a Leptos view, because a long list has a thousand of
/// them: a view keeps some kilobytes of memory for each row, a copy of these
/// elements keeps none.
pub(super) struct RowKit {
    row: Element,
    button: Element,
    install: Element,
    check: Element,
    unlink: Element,
}

impl RowKit {
    /// Makes the elements. `heading_level` is the level of the names, if it is
    /// not that of their element. None where the browser cannot make them.
    pub(super) fn new(heading_level: Option<&str>) -> Option<Self> {
        Some(Self {
            row: row(heading_level)?,
            button: element("button", &[("type", "button"), ("part", "button")], &[])?,
            install: element(
                "a",
                &[
                    ("part", "button"),
                    ("target", "_blank"),
                    ("rel", "noopener noreferrer"),
                ],
                &[],
            )?,
            check: glyph("M13 8a5 5 0 1 1-1.6-3.7M12 2v2.6H9.4")?,
            unlink: glyph(
                "M9 4.5l1-1a2.5 2.5 0 0 1 3.5 3.5l-1 1M7 11.5l-1 1A2.5 2.5 0 0 1 2.5 9l1-1M3 3l10 10",
            )?,
        })
    }

    /// A new closed row.
    pub(super) fn row(&self) -> Option<HtmlElement> {
        copy(&self.row)
    }

    /// A new button for an action, without its words or its glyph.
    pub(super) fn button(&self, action: ProviderAction) -> Option<HtmlElement> {
        let button: HtmlElement = copy(match action {
            ProviderAction::Install => &self.install,
            _ => &self.button,
        })?;
        button.set_attribute("data-action", action.as_str()).ok()?;
        Some(button)
    }

    /// A new glyph for the icon button of an action.
    pub(super) fn glyph(&self, action: ProviderAction) -> Option<Element> {
        copy(match action {
            ProviderAction::Unlink => &self.unlink,
            _ => &self.check,
        })
    }
}

fn row(heading_level: Option<&str>) -> Option<Element> {
    let toggle = element(
        "button",
        &[
            ("type", "button"),
            ("class", "button button--icon provider-card__toggle"),
            ("part", "toggle"),
            ("data-action", "details"),
            ("aria-expanded", "false"),
        ],
        &[&glyph("M6 3.5l4.5 4.5L6 12.5")?],
    )?;
    let icon = element(
        "span",
        &[("class", "provider-icon"), ("aria-hidden", "true")],
        &[],
    )?;
    let name = element("h2", &[], &[])?;
    if let Some(level) = heading_level {
        name.set_attribute("aria-level", level).ok()?;
    }
    let badge = element(
        "span",
        &[("class", "state-badge"), ("part", "badge")],
        &[&glyph("")?, &element("span", &[], &[])?],
    )?;
    let fact = element("p", &[("class", "provider-card__fact")], &[])?;
    let words = element(
        "div",
        &[("class", "provider-card__words")],
        &[&name, &badge, &fact],
    )?;
    let actions = element("div", &[("class", "provider-actions")], &[])?;
    let line = element(
        "div",
        &[("class", "provider-card__line")],
        &[&toggle, &icon, &words, &actions],
    )?;
    element(
        "li",
        &[
            ("class", "provider-card"),
            ("part", "card"),
            ("role", "listitem"),
            ("tabindex", "-1"),
        ],
        &[&line],
    )
}

fn glyph(path: &str) -> Option<Element> {
    let path = svg("path", &[("d", path)], &[])?;
    svg(
        "svg",
        &[
            ("class", "glyph"),
            ("viewBox", "0 0 16 16"),
            ("aria-hidden", "true"),
        ],
        &[&path],
    )
}

fn element(name: &str, attributes: &[(&str, &str)], children: &[&Element]) -> Option<Element> {
    complete(document().create_element(name).ok()?, attributes, children)
}

fn svg(name: &str, attributes: &[(&str, &str)], children: &[&Element]) -> Option<Element> {
    let made = document().create_element_ns(Some("http://www.w3.org/2000/svg"), name);
    complete(made.ok()?, attributes, children)
}

fn complete(
    element: Element,
    attributes: &[(&str, &str)],
    children: &[&Element],
) -> Option<Element> {
    for (name, value) in attributes {
        element.set_attribute(name, value).ok()?;
    }
    for child in children {
        element.append_child(child).ok()?;
    }
    Some(element)
}

fn copy<E: JsCast>(element: &Element) -> Option<E> {
    let copied = element.clone_node_with_deep(true).ok()?;
    copied.dyn_into().ok()
}
