use std::cell::RefCell;

use js_sys::Function;
use wasm_bindgen::JsValue;

thread_local! {
    static CALLBACKS: RefCell<Vec<Function>> = const { RefCell::new(Vec::new()) };
}

/// From now on a panic leaves a readable page: it shows the element with the
/// id `failed-program`, which stands hidden in `index.html`, and tells the
/// console what happened.
pub fn show_page_on_panic() {
    on_panic(|_| {
        let document = leptos::prelude::document();
        if let Some(element) = document.get_element_by_id("failed-program") {
            let _ = element.remove_attribute("hidden");
        }
    });
}

/// From now on a panic calls `callback` with what happened, and tells the
/// console.
pub fn call_on_panic(callback: Function) {
    CALLBACKS.with_borrow_mut(|callbacks| callbacks.push(callback));
    on_panic(|message| {
        // It may have happened anywhere, here too.
        let callbacks =
            CALLBACKS.try_with(|callbacks| callbacks.try_borrow().map(|all| all.clone()));
        for callback in callbacks.into_iter().flatten().flatten() {
            let _ = callback.call1(&JsValue::UNDEFINED, message);
        }
    });
}

/// Tells the console of every panic, and then `show`.
fn on_panic(show: fn(&JsValue)) {
    std::panic::set_hook(Box::new(move |information| {
        let message = JsValue::from(information.to_string());
        web_sys::console::error_1(&message);
        show(&message);
    }));
}
