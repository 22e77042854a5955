use leptos::prelude::{document, request_animation_frame};
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement, Node, ShadowRoot};

/// Moves the focus to the element of the page with this id, if there is one
/// that takes it, when the changes that are under way have been drawn.
pub fn focus_by_id(id: &str) {
    let id = id.to_owned();
    request_animation_frame(move || focus_element(document().get_element_by_id(&id)));
}

/// The focus, as it was before something changed: what had it may be gone
/// afterwards, and a person who works by keyboard would start from the top of
/// the page again.
#[must_use = "it is given on by `move_to`"]
pub struct FocusGuard(Option<(Element, Node)>);

impl FocusGuard {
    /// Wherever it is.
    pub fn anywhere() -> Self {
        // An element that is gone does not tell any more where it was.
        Self(focused().map(|element| {
            let root = element.get_root_node();
            (element, root)
        }))
    }

    /// If it is in the element with this id; else it is no concern.
    pub fn within(id: &str) -> Self {
        let Self(kept) = Self::anywhere();
        Self(kept.filter(|(element, root)| {
            element_by_id(root, id).is_some_and(|place| place.contains(Some(element)))
        }))
    }

    /// Gives the focus to the element with this id in the same tree, or to the
    /// heading if that is out of sight too, if what had it is gone or out of
    /// sight when the changes have been drawn. A person who has left it
    /// themselves meanwhile is not called back.
    pub fn move_to(self, id: &str) {
        let Some((had_it, root)) = self.0 else { return };
        let id = id.to_owned();
        request_animation_frame(move || {
            if is_lost() && !is_in_sight(&had_it) {
                let wanted = element_by_id(&root, &id).filter(is_in_sight);
                focus_element(wanted.or_else(|| heading(&root)));
            }
        });
    }

    /// Gives the focus back to what had it, should it have lost it by being
    /// moved.
    pub fn restore(self) {
        let Some((had_it, _)) = self.0 else { return };
        request_animation_frame(move || {
            if is_lost() && is_in_sight(&had_it) {
                focus_element(Some(had_it));
            }
        });
    }
}

/// What has the focus, inside of shadow trees too.
fn focused() -> Option<Element> {
    let mut focused = document().active_element()?;
    while let Some(inner) = focused.shadow_root().and_then(|root| root.active_element()) {
        focused = inner;
    }
    Some(focused).filter(|focused| focused.tag_name() != "BODY")
}

/// Ids are those of one tree: of the page, or of one element's shadow.
fn element_by_id(root: &Node, id: &str) -> Option<Element> {
    match root.dyn_ref::<ShadowRoot>() {
        Some(shadow) => shadow.get_element_by_id(id),
        None => (root.dyn_ref::<Document>()).and_then(|page| page.get_element_by_id(id)),
    }
}

fn heading(root: &Node) -> Option<Element> {
    const HEADING: &str = "h1[tabindex]";
    let found = match root.dyn_ref::<ShadowRoot>() {
        Some(shadow) => shadow.query_selector(HEADING),
        None => document().query_selector(HEADING),
    };
    found.ok().flatten()
}

/// Nothing has it, or something that cannot be seen.
fn is_lost() -> bool {
    focused().is_none_or(|focused| !is_in_sight(&focused))
}

fn is_in_sight(element: &Element) -> bool {
    // Of what is hidden, or off the page, nothing is drawn.
    element.is_connected() && element.get_client_rects().length() > 0
}

fn focus_element(element: Option<Element>) {
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // An element that cannot take the focus leaves it where it is.
        let _ = element.focus();
    }
}
