//! Stands in for the crate of the same name. Leptos brings it along for its
//! server functions, of which there are none here; what that crate exports to
//! JavaScript would be shipped all the same.

use futures_util::Stream;
use futures_util::stream::{Empty, empty};
use wasm_bindgen::{JsCast, JsValue};

type Chunk = Result<JsValue, JsValue>;

/// A stream of the browser, as far as server functions have to be compiled.
#[derive(Debug)]
pub struct ReadableStream(web_sys::ReadableStream);

impl ReadableStream {
    /// Never called.
    #[must_use]
    pub fn from_raw(raw: web_sys::ReadableStream) -> Self {
        Self(raw)
    }

    /// Never called.
    #[must_use]
    pub fn into_raw(self) -> web_sys::ReadableStream {
        self.0
    }

    /// Never called.
    #[must_use]
    pub fn from_stream(_: impl Stream<Item = Chunk> + 'static) -> Self {
        Self(JsValue::UNDEFINED.unchecked_into())
    }

    /// Never called.
    pub fn into_stream(self) -> Empty<Chunk> {
        empty()
    }
}
