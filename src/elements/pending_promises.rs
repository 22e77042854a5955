use std::cell::RefCell;
use std::rc::{Rc, Weak};

use futures_util::future::{AbortHandle, abortable};
use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::future_to_promise;

/// The promises of an element that are not settled yet. When this is
/// dropped, each of them resolves to `false`, because the element is gone
/// and its commands may still run for a long time.
#[derive(Default)]
pub(super) struct PendingPromises(RefCell<Vec<Weak<AbortHandle>>>);

impl PendingPromises {
    /// A promise that resolves to the result of a command.
    pub(super) fn promise(&self, command: impl Future<Output = bool> + 'static) -> Promise {
        let (command, abort) = abortable(command);
        let abort = Rc::new(abort);
        let mut pending = self.0.borrow_mut();
        pending.retain(|other| other.strong_count() > 0);
        pending.push(Rc::downgrade(&abort));
        future_to_promise(async move {
            // Only the waiting ends. The command continues.
            let done = command.await.unwrap_or(false);
            drop(abort);
            Ok(JsValue::from(done))
        })
    }
}

impl Drop for PendingPromises {
    fn drop(&mut self) {
        for abort in self.0.take().iter().filter_map(Weak::upgrade) {
            abort.abort();
        }
    }
}
