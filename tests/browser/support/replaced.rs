use std::cell::RefCell;
use std::collections::HashMap;

use js_sys::{Array, Function, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};

thread_local! {
    /// The browser's own values by path. A panic in WebAssembly does not
    /// unwind, so a test that fails drops nothing, and a later test may find
    /// its replacement in place.
    static ORIGINALS: RefCell<HashMap<&'static str, JsValue>> = RefCell::default();
}

/// A function of the browser that is replaced until this is dropped.
pub struct Replaced(&'static str);

impl Replaced {
    /// Replaces the function at a path from `window`, such as `Date.now`.
    pub fn function(path: &'static str, function: &JsValue) -> Self {
        let _ = original(path);
        set(path, function);
        Self(path)
    }
}

impl Drop for Replaced {
    fn drop(&mut self) {
        set(self.0, &original(self.0));
    }
}

/// The browser's own function, whether it is replaced at the moment or not.
pub fn original(path: &'static str) -> Function {
    ORIGINALS.with_borrow_mut(|originals| {
        originals
            .entry(path)
            .or_insert_with(|| {
                let (target, name) = find(path);
                Reflect::get(&target, &name).expect("a function")
            })
            .clone()
            .unchecked_into()
    })
}

/// Calls the browser's own function.
pub fn call_original(path: &'static str, arguments: &Array) -> JsValue {
    let (target, _) = find(path);
    original(path)
        .apply(&target, arguments)
        .expect("a call that does not throw")
}

fn set(path: &str, value: &JsValue) {
    let (target, name) = find(path);
    let set = Reflect::set(&target, &name, value).expect("a property");
    assert!(set, "{path} cannot be replaced");
}

/// The object that a path leads to, and the name of the function in it.
fn find(path: &str) -> (JsValue, JsValue) {
    let (targets, name) = path.rsplit_once('.').unwrap_or(("", path));
    let target = targets
        .split('.')
        .filter(|name| !name.is_empty())
        .fold(JsValue::from(window()), |target, name| {
            Reflect::get(&target, &name.into()).expect("an object")
        });
    (target, name.into())
}
