//! Replaces the crate of the same name. Leptos depends on it for its server
//! functions, which this program does not use. The JavaScript exports of the
//! original would still be shipped.

use futures_util::Stream;
use futures_util::stream::{Empty, empty};
use wasm_bindgen::{JsCast, JsValue};

type Chunk = Result<JsValue, JsValue>;

/// A stream of the browser, with what Leptos' server functions need to compile.
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
