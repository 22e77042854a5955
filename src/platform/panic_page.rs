use std::cell::RefCell;

use js_sys::Function;
use wasm_bindgen::JsValue;

thread_local! {
    static CALLBACKS: RefCell<Vec<Function>> = const { RefCell::new(Vec::new()) };
}

/// Makes every later panic show a message: the element with the id
/// `failed-program`, which is hidden in `index.html`. The panic is also logged
/// to the console.
pub fn show_page_on_panic() {
    on_panic(|_| {
        let document = leptos::prelude::document();
        if let Some(element) = document.get_element_by_id("failed-program") {
            let _ = element.remove_attribute("hidden");
        }
    });
}

/// Makes every later panic call `callback` with the panic message. The panic is
/// also logged to the console.
pub fn call_on_panic(callback: Function) {
    CALLBACKS.with_borrow_mut(|callbacks| callbacks.push(callback));
    on_panic(|message| {
        // The panic may have happened while the callbacks were borrowed.
        let callbacks =
            CALLBACKS.try_with(|callbacks| callbacks.try_borrow().map(|all| all.clone()));
        for callback in callbacks.into_iter().flatten().flatten() {
            let _ = callback.call1(&JsValue::UNDEFINED, message);
        }
    });
}

/// Logs every panic to the console, then calls `show` with its message.
fn on_panic(show: fn(&JsValue)) {
    std::panic::set_hook(Box::new(move |information| {
        let message = JsValue::from(information.to_string());
        web_sys::console::error_1(&message);
        show(&message);
    }));
}
