use leptos::prelude::{document, request_animation_frame};
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement, Node, ShadowRoot};

/// Moves the focus to the element with this id after the next drawing. Does
/// nothing if the page has no such element, or if it is not focusable.
pub fn focus_by_id(id: &str) {
    let id = id.to_owned();
    request_animation_frame(move || focus_element(document().get_element_by_id(&id)));
}

/// Remembers which element has the focus before a change. The change may remove
/// that element, and a person who uses the keyboard would then have to start
/// from the top of the page again.
#[must_use = "the focus is moved by `move_to` or `restore`"]
pub struct FocusGuard(Option<(Element, Node)>);

impl FocusGuard {
    /// Remembers the focus wherever it is.
    pub fn anywhere() -> Self {
        // The root is read now, because an element that was removed no longer
        // knows its tree.
        Self(focused().map(|element| {
            let root = element.get_root_node();
            (element, root)
        }))
    }

    /// Remembers the focus only if it is inside the element with this id.
    pub fn within(id: &str) -> Self {
        let Self(kept) = Self::anywhere();
        Self(kept.filter(|(element, root)| {
            element_by_id(root, id).is_some_and(|place| place.contains(Some(element)))
        }))
    }

    /// Moves the focus to the element with this id in the same tree, or to the
    /// heading if that element is not visible. This happens after the next
    /// drawing, and only if the element that had the focus is removed or hidden
    /// by then. If the person has moved the focus meanwhile, it stays there.
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

    /// Focuses the same element again if it lost the focus because it was
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

/// The element that has the focus, in shadow trees too.
fn focused() -> Option<Element> {
    let mut focused = document().active_element()?;
    while let Some(inner) = focused.shadow_root().and_then(|root| root.active_element()) {
        focused = inner;
    }
    Some(focused).filter(|focused| focused.tag_name() != "BODY")
}

/// Finds an element by its id within one tree: the document or a shadow tree.
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

/// Whether no element has the focus, or one that is not visible.
fn is_lost() -> bool {
    focused().is_none_or(|focused| !is_in_sight(&focused))
}

fn is_in_sight(element: &Element) -> bool {
    // An element that is hidden or removed has no client rectangles.
    element.is_connected() && element.get_client_rects().length() > 0
}

fn focus_element(element: Option<Element>) {
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // If the element is not focusable, the focus stays where it is.
        let _ = element.focus();
    }
}
