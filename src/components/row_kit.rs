use std::cell::RefCell;

use external_auth_core::{ActionPlace, ProviderAction};
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::text;

/// The elements of which closed rows are made. They are made once and copied for
/// each row.
///
/// A closed row is not a Leptos view, because a long list has a thousand of
/// them: a view keeps some kilobytes of memory for each row, a copy of these
/// elements keeps none.
pub(super) struct RowKit {
    row: Element,
    image: Element,
    button: Element,
    install: Element,
    check: Element,
    unlink: Element,
    /// The buttons that were needed so far, with their actions and classes.
    dressed: RefCell<Vec<(ProviderAction, &'static str, HtmlElement)>>,
}

/// The class of a button that has a glyph in place of words.
pub(super) const ICON_BUTTON: &str = "button button--icon";

impl RowKit {
    /// Makes the elements. `heading_level` is the level of the names, if it is
    /// not 3. None where the browser cannot make them.
    pub(super) fn new(heading_level: Option<&str>) -> Option<Self> {
        Some(Self {
            row: row(heading_level)?,
            image: element(
                "img",
                &[
                    ("alt", ""),
                    ("width", "24"),
                    ("height", "24"),
                    ("referrerpolicy", "no-referrer"),
                    ("loading", "lazy"),
                ],
                &[],
            )?,
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
            dressed: RefCell::default(),
        })
    }

    /// A new closed row.
    pub(super) fn row(&self) -> Option<HtmlElement> {
        copy(&self.row)
    }

    /// A new image for the icon of a provider, without its address.
    pub(super) fn image(&self) -> Option<Element> {
        copy(&self.image)
    }

    /// A new button for an action, with its class and its words or its glyph.
    pub(super) fn button(
        &self,
        action: ProviderAction,
        class: &'static str,
    ) -> Option<HtmlElement> {
        let dressed = &mut *self.dressed.borrow_mut();
        let mut known = dressed.iter();
        if let Some((.., button)) = known.find(|known| (known.0, known.1) == (action, class)) {
            return copy(button);
        }
        let button: HtmlElement = copy(match action {
            ProviderAction::Install => &self.install,
            _ => &self.button,
        })?;
        button.set_attribute("data-action", action.as_str()).ok()?;
        self.dress(&button, action, class);
        let new = copy(&button);
        dressed.push((action, class, button));
        new
    }

    /// Gives a button its class, and its words or its glyph.
    pub(super) fn dress(&self, button: &HtmlElement, action: ProviderAction, class: &str) {
        button.set_class_name(class);
        if class != ICON_BUTTON {
            button.set_text_content(Some(text::action_label(
                action,
                false,
                Some(ActionPlace::Main),
            )));
            return;
        }
        button.set_text_content(None);
        let glyph = match action {
            ProviderAction::Unlink => &self.unlink,
            _ => &self.check,
        };
        if let Some(glyph) = copy::<Element>(glyph) {
            let _ = button.append_child(&glyph);
        }
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
    let name = element("h3", &[("class", "provider-card__name")], &[])?;
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
        "div",
        &[
            ("class", "provider-card"),
            ("part", "card"),
            ("role", "listitem"),
            ("tabindex", "-1"),
            ("aria-busy", "false"),
        ],
        &[&line],
    )
}

pub(super) fn glyph(path: &str) -> Option<Element> {
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

pub(super) fn element(
    name: &str,
    attributes: &[(&str, &str)],
    children: &[&Element],
) -> Option<Element> {
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
