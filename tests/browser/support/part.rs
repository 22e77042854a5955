use js_sys::{Function, Reflect};
use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, HtmlElement, Node};

use super::settle::settle;

/// A part of the page. Parts are found as a person finds them: by role, name
/// and text, and only if visible.
#[derive(Clone, Debug, PartialEq)]
pub struct Part(pub Element);

impl Part {
    /// The visible text, with single spaces.
    pub fn text(&self) -> String {
        let html: &HtmlElement = self.0.unchecked_ref();
        folded(&html.inner_text())
    }

    /// Whether the visible text contains `words`.
    pub fn says(&self, words: &str) -> bool {
        self.text().contains(words)
    }

    /// The button of this name.
    #[track_caller]
    pub fn button(&self, name: &str) -> Self {
        self.one("button", "button", name)
    }

    /// The names of all buttons, in order.
    pub fn buttons(&self) -> Vec<String> {
        self.names("button")
    }

    /// The link of this name.
    #[track_caller]
    pub fn link(&self, name: &str) -> Self {
        self.one("link", "a[href]", name)
    }

    /// The names of all links, in order.
    pub fn links(&self) -> Vec<String> {
        self.names("a[href]")
    }

    /// The named list item of this name: a card.
    #[track_caller]
    pub fn card(&self, name: &str) -> Self {
        self.one("card", CARD, name)
    }

    /// The names of all cards, in order.
    pub fn cards(&self) -> Vec<String> {
        self.names(CARD)
    }

    /// The names of all headings, in order.
    pub fn headings(&self) -> Vec<String> {
        self.names("h1, h2, h3, h4")
    }

    /// The text of all alerts.
    pub fn alerts(&self) -> String {
        self.words_of("[role=alert]")
    }

    /// The text of all status regions, visually hidden ones included.
    pub fn announcements(&self) -> String {
        self.words_of("[role=status]")
    }

    /// The dialog that is open and has this name.
    #[track_caller]
    pub fn dialog(&self, name: &str) -> Self {
        self.one("dialog", "dialog, [role=dialog]", name)
    }

    /// Whether a dialog is open.
    pub fn has_dialog(&self) -> bool {
        !self.all("dialog").is_empty()
    }

    /// Clicks the part, as with the mouse.
    pub async fn press(&self) {
        self.focus();
        let html: &HtmlElement = self.0.unchecked_ref();
        html.click();
        settle().await;
    }

    /// Gives it the focus.
    pub fn focus(&self) {
        let html: &HtmlElement = self.0.unchecked_ref();
        html.focus().expect("an element of the page");
    }

    /// Opens the row of this provider, or closes it. The name is that of the
    /// row's disclosure button.
    pub async fn open_row(&self, name: &str) {
        self.button(&format!("Details {name}")).press().await;
    }

    /// Unfolds the providers that are no longer configured, if there are any.
    pub async fn unfold_removed(&self) {
        for fold in self.all("[data-action=fold][aria-expanded=false]") {
            fold.press().await;
        }
    }

    /// Presses "Re-authenticate" of a provider. Where it is not in the line, the
    /// row is opened first.
    pub async fn re_authenticate(&self, name: &str) {
        let wanted = format!("Re-authenticate {name}");
        if !self.buttons().contains(&wanted) {
            self.open_row(name).await;
        }
        self.button(&wanted).press().await;
    }

    /// The names of the actions that a row offers, in order.
    pub fn actions(&self) -> Vec<String> {
        self.names("[data-action]:not([data-action=details])")
    }

    /// Opens the `<details>` with this name.
    pub async fn unfold(&self, name: &str) {
        self.one("summary", "summary", name).press().await;
    }

    /// Whether it has the focus.
    pub fn has_focus(&self) -> bool {
        document().active_element().as_ref() == Some(&self.0)
    }

    /// Whether it has `aria-disabled`, which keeps the focus.
    pub fn is_disabled(&self) -> bool {
        self.attribute("aria-disabled").as_deref() == Some("true")
    }

    /// Whether it has `aria-busy`.
    pub fn is_busy(&self) -> bool {
        self.attribute("aria-busy").as_deref() == Some("true")
    }

    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<String> {
        self.0.get_attribute(name)
    }

    /// The elements that match a selector, visible or not, for parts without
    /// role or name.
    pub fn select(&self, selector: &str) -> Vec<Self> {
        let nodes = self.0.query_selector_all(selector).expect("a selector");
        (0..nodes.length())
            .filter_map(|index| nodes.item(index))
            .map(|node| Self(node.unchecked_into()))
            .collect()
    }

    /// Whether it is visible.
    pub fn is_visible(&self) -> bool {
        let options = js_sys::Object::new();
        for name in ["contentVisibilityAuto", "visibilityProperty"] {
            Reflect::set(&options, &name.into(), &true.into()).expect("an object");
        }
        call(&self.0, "checkVisibility", &options) == JsValue::TRUE
    }

    /// Dispatches an event to it.
    pub async fn fire(&self, event: &str) {
        let event = Event::new(event).expect("an event");
        self.0.dispatch_event(&event).expect("an event");
        settle().await;
    }

    /// Calls a method of the element that Rust has no binding for.
    pub fn call(&self, method: &str) -> JsValue {
        call(&self.0, method, &JsValue::UNDEFINED)
    }

    fn all(&self, selector: &str) -> Vec<Self> {
        let mut found = self.select(selector);
        found.retain(Self::is_visible);
        found
    }

    fn names(&self, selector: &str) -> Vec<String> {
        self.all(selector).iter().map(Self::name).collect()
    }

    #[track_caller]
    fn one(&self, what: &str, selector: &str, name: &str) -> Self {
        let mut found = self.all(selector);
        let names: Vec<_> = found.iter().map(Self::name).collect();
        found.retain(|part| part.name() == name);
        assert_eq!(found.len(), 1, "one {what} {name:?} among {names:?}");
        found.remove(0)
    }

    fn words_of(&self, selector: &str) -> String {
        let words: Vec<_> = self.select(selector).iter().map(Self::text).collect();
        folded(&words.join(" "))
    }

    /// Its accessible name, computed from what this page uses to name elements.
    fn name(&self) -> String {
        if let Some(id) = self.attribute("aria-labelledby") {
            // Ids belong to the document or to one shadow root.
            let mut top = self.0.clone();
            while let Some(parent) = top.parent_element() {
                top = parent;
            }
            let element = top
                .query_selector(&format!("[id=\"{id}\"]"))
                .expect("a selector")
                .expect("what it is named by");
            return folded(&spoken(&element));
        }
        let label = self.attribute("aria-label");
        folded(&label.unwrap_or_else(|| spoken(&self.0)))
    }
}

/// A card is a list item with a name; those without are rows inside a card.
const CARD: &str = "[role=listitem][aria-label]";

/// The text of an element, without parts hidden from assistive technology.
fn spoken(node: &Node) -> String {
    if let Some(element) = node.dyn_ref::<Element>() {
        if element.get_attribute("aria-hidden").as_deref() == Some("true") {
            return String::new();
        }
    } else {
        return node.text_content().unwrap_or_default();
    }
    let children = node.child_nodes();
    (0..children.length())
        .filter_map(|index| children.item(index))
        .map(|child| spoken(&child))
        .collect()
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn call(element: &Element, method: &str, argument: &JsValue) -> JsValue {
    let function: Function = Reflect::get(element, &method.into())
        .expect("a method")
        .unchecked_into();
    function
        .call1(element, argument)
        .expect("a method that does not throw")
}
