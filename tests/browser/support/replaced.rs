use std::cell::RefCell;
use std::collections::HashMap;

use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};

thread_local! {
    /// What the browser itself has under a name. A test that fails ends
    /// without dropping anything (a panic in WebAssembly does not unwind), so
    /// what stands there later may be the leftover of another test.
    static ORIGINALS: RefCell<HashMap<&'static str, JsValue>> = RefCell::default();
}

/// A property of the browser that has another value until this is dropped.
pub struct Replaced {
    target: JsValue,
    name: &'static str,
}

impl Replaced {
    /// Replaces a function. Its name stands for it, so no two functions of one
    /// name are replaced on different targets.
    pub fn function(target: &JsValue, name: &'static str, function: &JsValue) -> Self {
        let _ = original(target, name);
        set(target, name, function);
        Self {
            target: target.clone(),
            name,
        }
    }
}

impl Drop for Replaced {
    fn drop(&mut self) {
        set(&self.target, self.name, &original(&self.target, self.name));
    }
}

/// The browser's own function, whether it is replaced at the moment or not.
pub fn original(target: &JsValue, name: &'static str) -> js_sys::Function {
    ORIGINALS.with_borrow_mut(|originals| {
        originals
            .entry(name)
            .or_insert_with(|| Reflect::get(target, &name.into()).expect("a property"))
            .clone()
            .unchecked_into()
    })
}

fn set(target: &JsValue, name: &str, value: &JsValue) {
    let set = Reflect::set(target, &name.into(), value).expect("a property that can be set");
    assert!(set, "{name} cannot be replaced");
}
