use std::cell::RefCell;
use std::rc::{Rc, Weak};

use futures_util::future::{AbortHandle, LocalBoxFuture, abortable};
use js_sys::{Function, Promise};
use leptos::task::spawn_local;
use wasm_bindgen::JsValue;

/// The promises that an element has given and not settled yet. When this is
/// dropped, each of them resolves: the element is gone, and what it began may
/// take long to end.
#[derive(Default)]
pub(super) struct PendingPromises(RefCell<Vec<Weak<AbortHandle>>>);

impl PendingPromises {
    /// A promise that resolves to what a command returns, or to `otherwise` if the
    /// element goes before.
    pub(super) fn promise(
        &self,
        command: LocalBoxFuture<'static, JsValue>,
        otherwise: JsValue,
    ) -> Promise {
        let (command, abort) = abortable(command);
        let abort = Rc::new(abort);
        let mut pending = self.0.borrow_mut();
        pending.retain(|other| other.strong_count() > 0);
        pending.push(Rc::downgrade(&abort));
        let mut command = Some((command, abort, otherwise));
        Promise::new(&mut |resolve: Function, _reject| {
            let Some((command, abort, otherwise)) = command.take() else {
                return;
            };
            spawn_local(async move {
                // Only waiting is given up: the command itself goes on.
                let value = command.await.unwrap_or(otherwise);
                drop(abort);
                // Settling a promise cannot throw.
                let _ = resolve.call1(&JsValue::UNDEFINED, &value);
            });
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
