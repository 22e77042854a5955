use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Function, Reflect};
use leptos::prelude::window;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{ErrorEvent, Event};

use super::replaced::{Replaced, call_original};

/// Collects uncaught errors, unhandled rejections, and warnings and errors in
/// the console. If there is any, the test fails when this is dropped.
pub struct PageErrors {
    found: Rc<RefCell<Vec<String>>>,
    _replaced: Vec<Replaced>,
    on_error: Closure<dyn FnMut(Event)>,
    on_rejection: Closure<dyn FnMut(Event)>,
    _functions: Vec<Box<dyn Any>>,
}

impl PageErrors {
    pub fn watch() -> Self {
        let found = Rc::new(RefCell::new(Vec::new()));
        let on_error = listen("error", &found, |event| {
            let event: &ErrorEvent = event.unchecked_ref();
            event.message()
        });
        let on_rejection = listen("unhandledrejection", &found, |event| {
            let reason = Reflect::get(event, &"reason".into()).unwrap_or_default();
            format!("{reason:?}")
        });

        let mut replaced = Vec::new();
        let mut functions: Vec<Box<dyn Any>> = Vec::new();
        for path in ["console.warn", "console.error"] {
            let function = Closure::<dyn FnMut(JsValue)>::new({
                let found = Rc::clone(&found);
                move |words: JsValue| {
                    let text = words.as_string().unwrap_or_else(|| format!("{words:?}"));
                    found.borrow_mut().push(text);
                    call_original(path, &Array::of1(&words));
                }
            });
            replaced.push(Replaced::function(path, function.as_ref()));
            functions.push(Box::new(function));
        }
        Self {
            found,
            _replaced: replaced,
            on_error,
            on_rejection,
            _functions: functions,
        }
    }
}

fn listen(
    event: &str,
    found: &Rc<RefCell<Vec<String>>>,
    words: impl Fn(&Event) -> String + 'static,
) -> Closure<dyn FnMut(Event)> {
    let found = Rc::clone(found);
    let listener =
        Closure::<dyn FnMut(Event)>::new(move |event| found.borrow_mut().push(words(&event)));
    let function: &Function = listener.as_ref().unchecked_ref();
    window()
        .add_event_listener_with_callback(event, function)
        .expect("a listener");
    listener
}

impl Drop for PageErrors {
    fn drop(&mut self) {
        for (event, listener) in [
            ("error", &self.on_error),
            ("unhandledrejection", &self.on_rejection),
        ] {
            let function: &Function = listener.as_ref().unchecked_ref();
            window()
                .remove_event_listener_with_callback(event, function)
                .expect("a listener");
        }
        let found = self.found.borrow();
        assert!(found.is_empty(), "the page complained: {found:#?}");
    }
}
