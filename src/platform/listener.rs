use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, EventTarget};

/// An event listener that is removed when this is dropped.
#[must_use = "the listener is removed when this is dropped"]
pub struct Listener {
    target: EventTarget,
    event: &'static str,
    capture: bool,
    callback: Closure<dyn FnMut(Event)>,
}

impl Listener {
    /// Calls `callback` for every `event` of `target`, and of what is in it if
    /// the event bubbles.
    pub fn new(
        target: &EventTarget,
        event: &'static str,
        callback: impl FnMut(Event) + 'static,
    ) -> Self {
        Self::in_phase(target, event, false, Box::new(callback))
    }

    /// Calls `callback` for every `event` of what is in `target`, also for
    /// events that do not bubble, such as `error` of an image.
    pub fn capturing(
        target: &EventTarget,
        event: &'static str,
        callback: impl FnMut(Event) + 'static,
    ) -> Self {
        Self::in_phase(target, event, true, Box::new(callback))
    }

    fn in_phase(
        target: &EventTarget,
        event: &'static str,
        capture: bool,
        callback: Box<dyn FnMut(Event)>,
    ) -> Self {
        let callback = Closure::wrap(callback);
        let function = callback.as_ref().unchecked_ref();
        // `addEventListener` does not throw for any target and event used here.
        let _ = target.add_event_listener_with_callback_and_bool(event, function, capture);
        Self {
            target: target.clone(),
            event,
            capture,
            callback,
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let callback = self.callback.as_ref().unchecked_ref();
        let _ = self.target.remove_event_listener_with_callback_and_bool(
            self.event,
            callback,
            self.capture,
        );
    }
}
