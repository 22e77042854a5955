use std::cell::RefCell;
use std::collections::{HashMap, VecDeque};
use std::rc::Rc;

use js_sys::{Function, Promise};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::replaced::Replaced;
use super::settle::{happened, settle};

/// Stands in for `navigator.locks.request` until it is dropped: the browser's
/// own takes its time, and is shared with what other tests have left behind.
pub struct FakeLocks {
    locks: Locks,
    _replaced: Replaced,
    _function: Closure<dyn FnMut(String, Function) -> Promise>,
}

#[derive(Clone, Default)]
struct Locks(Rc<RefCell<HashMap<String, Lock>>>);

#[derive(Default)]
struct Lock {
    is_held: bool,
    waiting: VecDeque<Function>,
}

impl FakeLocks {
    pub fn install() -> Self {
        let locks = Locks::default();
        let function = Closure::<dyn FnMut(String, Function) -> Promise>::new({
            let locks = locks.clone();
            move |name: String, granted| {
                let mut all = locks.0.borrow_mut();
                let lock = all.entry(name.clone()).or_default();
                lock.waiting.push_back(granted);
                drop(all);
                locks.grant(name);
                Promise::resolve(&JsValue::UNDEFINED)
            }
        });
        Self {
            locks,
            _replaced: Replaced::function("navigator.locks.request", function.as_ref()),
            _function: function,
        }
    }

    /// Another tab has the lock of this name.
    pub fn hold_elsewhere(&self, name: &str) {
        let mut all = self.locks.0.borrow_mut();
        all.entry(name.to_owned()).or_default().is_held = true;
    }

    /// The other tab gives it back.
    pub async fn release_elsewhere(&self, name: &str) {
        self.locks.release(name);
        settle().await;
    }
}

impl Locks {
    fn release(&self, name: &str) {
        let mut all = self.0.borrow_mut();
        all.entry(name.to_owned()).or_default().is_held = false;
        drop(all);
        self.grant(name.to_owned());
    }

    /// Gives the lock to the next in line, if it is free, until the promise
    /// that it answers with is settled.
    fn grant(&self, name: String) {
        let mut all = self.0.borrow_mut();
        let Some(lock) = all.get_mut(&name).filter(|lock| !lock.is_held) else {
            return;
        };
        let Some(granted) = lock.waiting.pop_front() else {
            return;
        };
        lock.is_held = true;
        drop(all);
        let locks = self.clone();
        spawn_local(async move {
            happened();
            let until = granted
                .call0(&JsValue::UNDEFINED)
                .expect("a callback that does not throw");
            if let Some(until) = until.dyn_ref::<Promise>() {
                let _ = JsFuture::from(until.clone()).await;
            }
            locks.release(&name);
        });
    }
}
