use futures_util::FutureExt;
use js_sys::{Function, Promise};
use wasm_bindgen::JsValue;
use web_sys::Node;

use super::element_kind::ElementKind;
use super::element_options::ElementOptions;
use super::element_part::ElementPart;
use super::mount_surface::MountSurface;
use super::mounted_view::MountedView;
use crate::view::EmbeddedCommand;

/// What an element draws and runs. Freeing it removes and ends all of that.
/// The fields are dropped in their order.
pub(super) struct MountedElement {
    kind: ElementKind,
    options: ElementOptions,
    view: Option<MountedView>,
    surface: MountSurface,
    emit: Function,
}

impl ElementPart for MountedElement {
    fn set(&mut self, options: &JsValue) {
        let options = ElementOptions::read(options);
        if options == self.options {
            return;
        }
        // In another language, everything is drawn again.
        let same_language = options.config.locale() == self.options.config.locale();
        self.options = options;
        match &self.view {
            Some(drawn) if same_language && drawn.view.session.is_of(&self.options.config) => {
                drawn.set(&self.options);
            }
            _ => self.draw(&JsValue::UNDEFINED),
        }
    }

    fn refresh(&self) -> Promise {
        let Some(drawn) = &self.view else {
            return Promise::resolve(&JsValue::UNDEFINED);
        };
        let load = drawn.view.session.load().map(|_| JsValue::UNDEFINED);
        let promises = &drawn.promises;
        promises.promise(load.boxed_local(), JsValue::UNDEFINED)
    }

    fn link(&self, provider: &str) -> Promise {
        self.begin(provider, EmbeddedCommand::Link)
    }

    fn unlink(&self, provider: &str) -> Promise {
        self.begin(provider, EmbeddedCommand::Unlink)
    }
}

impl MountedElement {
    /// Draws an element.
    ///
    /// # Errors
    ///
    /// When `root` accepts no children.
    pub(super) fn new(
        kind: &str,
        root: &Node,
        options: &JsValue,
        emit: Function,
        early: &JsValue,
    ) -> Result<Self, JsValue> {
        let mut mounted = Self {
            kind: ElementKind::parse(kind),
            options: ElementOptions::read(options),
            view: None,
            surface: MountSurface::new(root)?,
            emit,
        };
        mounted.draw(early);
        Ok(mounted)
    }

    fn begin(&self, provider: &str, command: EmbeddedCommand) -> Promise {
        let drawn = match &self.view {
            Some(drawn) if !self.options.disabled => drawn,
            _ => return Promise::resolve(&JsValue::FALSE),
        };
        let done = drawn.view.begin(provider, command).map(JsValue::from);
        let promises = &drawn.promises;
        promises.promise(done.boxed_local(), JsValue::FALSE)
    }

    fn draw(&mut self, early: &JsValue) {
        // The old view is dropped first, because it may be the last one of its
        // session.
        self.view = None;
        let (options, place) = (&self.options, &self.surface.place);
        self.view = MountedView::draw(self.kind, options, place, &self.emit, early);
    }
}
