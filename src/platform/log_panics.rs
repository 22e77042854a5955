use external_auth_core::ServerWords;
use wasm_bindgen::JsValue;

/// Makes every later panic log its message to the console. The panic then traps,
/// and JavaScript tells the person: `public/trap.js`. A release has no messages of
/// panics, only the trap. A message can quote foreign text, so it is redacted;
/// that code would weigh too much in the first file of a release.
pub fn log_panics() {
    std::panic::set_hook(Box::new(|information| {
        let message = information.to_string();
        let message = if cfg!(code_splitting) {
            message
        } else {
            ServerWords::new(&message).to_string()
        };
        web_sys::console::error_1(&JsValue::from(message));
    }));
}
