use std::cell::Cell;

use js_sys::Function;
use wasm_bindgen::JsValue;

use super::replaced::{Replaced, original};

thread_local! {
    static LAST: Cell<u32> = const { Cell::new(0) };
}

/// Until this is dropped, a `BroadcastChannel` reaches those of the same test
/// only: what a test that failed has left behind hears nothing.
pub struct OwnChannels {
    _replaced: Replaced,
}

impl OwnChannels {
    pub fn install() -> Self {
        LAST.set(LAST.get() + 1);
        // A class, which only JavaScript can make.
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
