use wasm_bindgen::JsValue;

/// Makes every later panic log its message to the console. The panic then traps,
/// and JavaScript tells the person: `public/trap.js`. A release has no messages of
/// panics, only the trap.
pub fn log_panics() {
    std::panic::set_hook(Box::new(|information| {
        web_sys::console::error_1(&JsValue::from(information.to_string()));
    }));
}
