use futures_util::future::LocalBoxFuture;
use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::MessageChannel;

/// Resolves in a task after this one. Between two tasks the browser can answer
/// the person. Not a timer: the browser may delay those.
///
/// It is boxed: otherwise each caller's future would contain a compiled copy of
/// its code.
#[must_use = "it does nothing until it is awaited"]
pub fn next_task() -> LocalBoxFuture<'static, ()> {
    Box::pin(async {
        let Ok(channel) = MessageChannel::new() else {
            return;
        };
        let told = Promise::new(&mut |resolve, _| {
            channel.port1().set_onmessage(Some(resolve.unchecked_ref()));
        });
        if channel.port2().post_message(&JsValue::NULL).is_ok() {
            let _ = JsFuture::from(told).await;
        }
    })
}
