use std::cell::RefCell;
use std::rc::{Rc, Weak};

use futures_util::future::{AbortHandle, abortable};
use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::future_to_promise;

/// The promises that an element has given and not settled yet. When this is
/// dropped, each of them resolves to `false`: the element is gone, and what it
/// began may take long to end.
#[derive(Default)]
pub(super) struct PendingPromises(RefCell<Vec<Weak<AbortHandle>>>);

impl PendingPromises {
    /// A promise that resolves to what a command returns.
    pub(super) fn promise(&self, command: impl Future<Output = bool> + 'static) -> Promise {
        let (command, abort) = abortable(command);
        let abort = Rc::new(abort);
        let mut pending = self.0.borrow_mut();
        pending.retain(|other| other.strong_count() > 0);
        pending.push(Rc::downgrade(&abort));
        future_to_promise(async move {
            // Only waiting is given up: the command itself goes on.
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
