//! Upper and lower case, by the browser: it has the tables of Unicode already.

use js_sys::JsString;

/// A text in lower case.
#[must_use]
pub fn lower_case(text: &str) -> String {
    JsString::from(text).to_lower_case().into()
}

/// A text in upper case.
#[must_use]
pub fn upper_case(text: &str) -> String {
    JsString::from(text).to_upper_case().into()
}
