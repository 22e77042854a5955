use std::cell::RefCell;
use std::collections::{HashMap, VecDeque};
use std::rc::Rc;

use js_sys::{Error, Function, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::replaced::Replaced;
use super::settle::{happened, settle};

/// Replaces `navigator.locks.request` until this is dropped. The browser's own
/// is slow, and other tests may still hold its locks.
pub struct FakeLocks {
    locks: Locks,
    _replaced: Replaced,
    _function: Closure<dyn FnMut(String, JsValue, Function) -> Promise>,
}

#[derive(Clone, Default)]
struct Locks(Rc<RefCell<State>>);

#[derive(Default)]
struct State {
    locks: HashMap<String, Lock>,
    /// Requests that the browser has not processed yet.
    late: Option<Vec<(String, Request)>>,
    refusal: Option<&'static str>,
}

#[derive(Default)]
struct Lock {
    holder: Option<Holder>,
    waiting: VecDeque<Request>,
    /// Counts the holders, so that a holder can tell whether it still has the
    /// lock.
    turn: u64,
}

enum Holder {
    OtherTab,
    /// Rejects the promise of the request that has the lock.
    ThisPage(Function),
}

struct Request {
    callback: Function,
    resolve: Function,
    reject: Function,
    if_available: bool,
    steal: bool,
}

impl FakeLocks {
    pub fn install() -> Self {
        let locks = Locks::default();
        let function = Closure::<dyn FnMut(String, JsValue, Function) -> Promise>::new({
            let locks = locks.clone();
            move |name: String, options: JsValue, callback: Function| {
                let flag = |name: &str| {
                    Reflect::get(&options, &name.into()).is_ok_and(|value| value.is_truthy())
                };
                Promise::new(&mut |resolve, reject| {
                    let request = Request {
                        callback: callback.clone(),
                        resolve,
                        reject,
                        if_available: flag("ifAvailable"),
                        steal: flag("steal"),
                    };
                    locks.request(name.clone(), request);
                })
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
        let mut state = self.locks.0.borrow_mut();
        state.locks.entry(name.to_owned()).or_default().holder = Some(Holder::OtherTab);
    }

    /// The other tab releases it.
    pub async fn release_elsewhere(&self, name: &str) {
        self.locks.release(name);
        settle().await;
    }

    /// Another tab steals it from this page.
    pub async fn steal_elsewhere(&self, name: &str) {
        self.locks.take_away(name);
        self.hold_elsewhere(name);
        settle().await;
    }

    /// Whether any tab has it.
    pub fn is_held(&self, name: &str) -> bool {
        let state = self.locks.0.borrow();
        let lock = state.locks.get(name);
        lock.is_some_and(|lock| lock.holder.is_some())
    }

    /// The browser delays requests until [`go_on`](Self::go_on).
    pub fn take_time(&self) {
        self.locks.0.borrow_mut().late = Some(Vec::new());
    }

    /// The browser processes the delayed requests.
    pub async fn go_on(&self) {
        let late = self.locks.0.borrow_mut().late.take();
        for (name, request) in late.unwrap_or_default() {
            self.locks.request(name, request);
        }
        settle().await;
    }

    /// The browser refuses every request with an error of this name, as in a
    /// sandboxed frame.
    pub fn refuse(&self, error: &'static str) {
        self.locks.0.borrow_mut().refusal = Some(error);
    }
}

impl Locks {
    fn request(&self, name: String, request: Request) {
        let mut state = self.0.borrow_mut();
        if let Some(error) = state.refusal {
            reject(&request.reject, error);
            return;
        }
        if let Some(late) = &mut state.late {
            late.push((name, request));
            return;
        }
        let lock = state.locks.entry(name.clone()).or_default();
        let (steal, if_available) = (request.steal, request.if_available);
        if if_available && (lock.holder.is_some() || !lock.waiting.is_empty()) {
            drop(state);
            spawn_local(async move {
                happened();
                let answer = request.callback.call1(&JsValue::UNDEFINED, &JsValue::NULL);
                settle_with(&request.resolve, answer.as_ref().expect("no throw"));
            });
            return;
        }
        if steal {
            lock.waiting.push_front(request);
        } else {
            lock.waiting.push_back(request);
        }
        drop(state);
        if steal {
            self.take_away(&name);
        }
        self.grant(name);
    }

    /// Takes the lock from its holder, whose request is rejected.
    fn take_away(&self, name: &str) {
        let mut state = self.0.borrow_mut();
        let Some(lock) = state.locks.get_mut(name) else {
            return;
        };
        lock.turn += 1;
        let holder = lock.holder.take();
        drop(state);
        if let Some(Holder::ThisPage(rejects)) = holder {
            reject(&rejects, "AbortError");
        }
    }

    fn release(&self, name: &str) {
        let mut state = self.0.borrow_mut();
        state.locks.entry(name.to_owned()).or_default().holder = None;
        drop(state);
        self.grant(name.to_owned());
    }

    /// Grants the lock to the next request in the queue, if it is free. The
    /// holder keeps it until the promise of its callback settles.
    fn grant(&self, name: String) {
        let mut state = self.0.borrow_mut();
        let Some(lock) = (state.locks.get_mut(&name)).filter(|lock| lock.holder.is_none()) else {
            return;
        };
        let Some(request) = lock.waiting.pop_front() else {
            return;
        };
        lock.turn += 1;
        let turn = lock.turn;
        lock.holder = Some(Holder::ThisPage(request.reject.clone()));
        drop(state);
        let locks = self.clone();
        spawn_local(async move {
            happened();
            let lock = js_sys::Object::new();
            let until = request
                .callback
                .call1(&JsValue::UNDEFINED, &lock)
                .expect("a callback that does not throw");
            if let Some(until) = until.dyn_ref::<Promise>() {
                let _ = JsFuture::from(until.clone()).await;
            }
            settle_with(&request.resolve, &until);
            let state = locks.0.borrow();
            let has_it = state.locks.get(&name).is_some_and(|lock| lock.turn == turn);
            drop(state);
            if has_it {
                locks.release(&name);
            }
        });
    }
}

fn settle_with(resolve: &Function, value: &JsValue) {
    let _ = resolve.call1(&JsValue::UNDEFINED, value);
}

fn reject(rejects: &Function, name: &str) {
    let error = Error::new("refused by the test");
    error.set_name(name);
    let _ = rejects.call1(&JsValue::UNDEFINED, &error);
    happened();
}
