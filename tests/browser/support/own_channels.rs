use std::cell::Cell;

use js_sys::Function;
use wasm_bindgen::JsValue;

use super::replaced::{Replaced, original};

thread_local! {
    static LAST: Cell<u32> = const { Cell::new(0) };
}

/// Isolates each test's `BroadcastChannel`s until this is dropped: a channel
/// that a failed test has left receives nothing.
pub struct OwnChannels {
    _replaced: Replaced,
}

impl OwnChannels {
    pub fn install() -> Self {
        LAST.set(LAST.get() + 1);
        // Only JavaScript can define a class.
        let source = "return class extends base { constructor(name) { super(`${name} ${id}`); } };";
        let class = Function::new_with_args("base, id", source)
            .call2(
                &JsValue::UNDEFINED,
                &original("BroadcastChannel"),
                &LAST.get().into(),
            )
            .expect("a class");
        Self {
            _replaced: Replaced::function("BroadcastChannel", &class),
        }
    }
}
