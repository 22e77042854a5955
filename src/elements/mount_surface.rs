use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{HtmlElement, Node};

use crate::platform::{PageTheme, PageThemeWatch};

/// The `div` in the shadow root in which an element is drawn. It has the
/// colors of the embedding page. It is removed when this is dropped.
pub(super) struct MountSurface {
    pub(super) place: HtmlElement,
    _theme: Option<PageThemeWatch>,
}

impl MountSurface {
    /// Adds the `div` to a shadow root.
    ///
    /// # Errors
    ///
    /// When `root` accepts no children.
    pub(super) fn new(root: &Node) -> Result<Self, JsValue> {
        let place: HtmlElement = document().create_element("div")?.unchecked_into();
        apply_theme(&place);
        root.append_child(&place)?;
        let theme = PageThemeWatch::new({
            let place = place.clone();
            move || apply_theme(&place)
        });
        Ok(Self {
            place,
            _theme: theme,
        })
    }
}

impl Drop for MountSurface {
    fn drop(&mut self) {
        self.place.remove();
    }
}

/// The style sheet applies the colors of the embedding page by this class.
fn apply_theme(place: &HtmlElement) {
    place.set_class_name(match PageTheme::now() {
        None => "element-root",
        Some(PageTheme::Dark) => "element-root element-root--dark",
        Some(PageTheme::Light) => "element-root element-root--light",
    });
}
