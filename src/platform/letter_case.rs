//! Upper and lower case by the browser, which has the Unicode tables. This
//! saves them in the WebAssembly.

use js_sys::JsString;

/// Converts a text to lower case.
#[must_use]
pub fn lower_case(text: &str) -> String {
    // Most texts. A search through a long list would wait for the browser.
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    JsString::from(text).to_lower_case().into()
}

/// Converts a text to upper case.
#[must_use]
pub fn upper_case(text: &str) -> String {
    JsString::from(text).to_upper_case().into()
}
