use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Function;
use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use web_sys::HtmlElement;

use super::element_kind::ElementKind;
use super::element_options::ElementOptions;
use super::element_view::element_view;
use super::emit::{emit_events, emit_states};
use super::pending_promises::PendingPromises;
use super::shared_session::SharedSession;
use crate::view::View;

/// A view of a shared session, and what it draws. Both end when this is
/// dropped. The fields are dropped in their order.
pub(super) struct MountedView {
    pub(super) promises: PendingPromises,
    pub(super) view: View,
    disabled: RwSignal<bool>,
    owner: Owner,
    _drawn: Box<dyn Any>,
    _shared: Rc<SharedSession>,
}

impl MountedView {
    /// Draws an element with these options. None if nothing was drawn.
    pub(super) fn draw(
        kind: ElementKind,
        options: &ElementOptions,
        place: &HtmlElement,
        emit: &Function,
        early: &JsValue,
    ) -> Option<Self> {
        let shared = SharedSession::of(&options.config, early);
        let made = Rc::new(RefCell::new(None));
        let draw = {
            let (made, shared) = (Rc::clone(&made), Rc::clone(&shared));
            let (emit, options) = (emit.clone(), options.clone());
            move || {
                let view = shared.view(&options.config);
                let disabled = RwSignal::new(options.disabled);
                made.replace(Some((view, disabled)));
                view.only.set(options.providers);
                emit_events(view, emit.clone());
                emit_states(view, emit);
                element_view(kind, view, disabled)
            }
        };
        let owner = Owner::new();
        let drawn = owner.with(|| mount_to(place.clone(), draw));
        let (view, disabled) = made.take()?;
        view.start_embedded();
        Some(Self {
            promises: PendingPromises::default(),
            view,
            disabled,
            owner,
            _drawn: Box::new(drawn),
            _shared: shared,
        })
    }

    /// Applies other options for the same session and language.
    pub(super) fn set(&self, options: &ElementOptions) {
        self.view.set_config(&options.config);
        if self.view.only.get_untracked() != options.providers {
            // The notices were about another provider.
            self.view.announcement.set(String::new());
            self.view.only.set(options.providers.clone());
        }
        self.disabled.set(options.disabled);
    }
}

impl Drop for MountedView {
    fn drop(&mut self) {
        // This runs before the drawn content is dropped, which unsubscribes
        // from the session.
        self.owner.cleanup();
    }
}
