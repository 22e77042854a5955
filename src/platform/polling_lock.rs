use std::cell::RefCell;
use std::rc::Rc;

use external_auth_core::{Acquire, LockNews};
use js_sys::{Function, Object, Promise, Reflect};
use leptos::task::spawn_local;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// The lock that allows one tab to poll for a provider (Web Locks).
///
/// The device code never leaves its tab. When two tabs link the same
/// provider, one polls, and the other waits for the result or for the lock.
#[must_use = "the lock is released when this is dropped"]
pub struct PollingLock(Rc<Request>);

struct Request {
    name: String,
    state: RefCell<State>,
    on_news: Box<dyn Fn(LockNews)>,
}

enum State {
    /// The browser has not answered yet.
    Asking,
    /// Held. Calling the function releases the lock.
    Held(Function),
    /// Polling is allowed without a lock, because the browser refuses locks.
    Unlocked,
    /// Another tab has the lock, or had it.
    Elsewhere,
    /// Released, or no longer wanted.
    Dropped,
}

impl PollingLock {
    /// Requests the lock at a deployment, which its base identifies, and
    /// reports what happens to it while this value exists.
    ///
    /// If the browser has no locks, or refuses them, as in a sandboxed frame,
    /// polling is still allowed: a device flow works without locks.
    pub fn request(
        deployment: &str,
        provider: &str,
        acquire: Acquire,
        on_news: impl Fn(LockNews) + 'static,
    ) -> Self {
        let request = Rc::new(Request {
            name: format!("coder-external-auth{deployment}/{provider}"),
            state: RefCell::new(State::Asking),
            on_news: Box::new(on_news),
        });
        request.ask(acquire);
        Self(request)
    }
}

impl Drop for PollingLock {
    fn drop(&mut self) {
        if let State::Held(release) = self.0.state.replace(State::Dropped) {
            // It cannot throw, because it settles a promise.
            let _ = release.call0(&JsValue::UNDEFINED);
        }
    }
}

impl Request {
    fn ask(self: &Rc<Self>, acquire: Acquire) {
        let option = match acquire {
            Acquire::IfFree => "ifAvailable",
            Acquire::Steal => "steal",
        };
        let options = Object::new();
        // Setting a property of a fresh object cannot fail.
        let _ = Reflect::set(&options, &option.into(), &JsValue::TRUE);
        // The browser may call this long after the value is dropped.
        let answered = Closure::once_into_js({
            let request = Rc::clone(self);
            move |lock: JsValue| request.answered(&lock)
        });
        let Some(promise) = request_lock(&self.name, &options, answered.unchecked_ref()) else {
            self.go_without();
            return;
        };
        let request = Rc::clone(self);
        spawn_local(async move {
            // It resolves when the lock is released. It rejects when the browser
            // refuses locks, and when another tab takes this lock.
            if JsFuture::from(promise).await.is_err() {
                request.rejected();
            }
        });
    }

    /// The lock is held until the returned promise is settled.
    fn answered(self: &Rc<Self>, lock: &JsValue) -> JsValue {
        if matches!(*self.state.borrow(), State::Dropped) {
            return JsValue::UNDEFINED;
        }
        if lock.is_null() {
            self.wait_for_the_other();
            return JsValue::UNDEFINED;
        }
        let promise = Promise::new(&mut |resolve, _reject| {
            self.state.replace(State::Held(resolve));
        });
        (self.on_news)(LockNews::Granted);
        promise.into()
    }

    fn rejected(self: &Rc<Self>) {
        let was_held = match &*self.state.borrow() {
            State::Asking => false,
            State::Held(_) => true,
            _ => return,
        };
        if was_held {
            self.wait_for_the_other();
        } else {
            self.go_without();
        }
    }

    fn go_without(&self) {
        self.state.replace(State::Unlocked);
        (self.on_news)(LockNews::Granted);
    }

    /// Waits in the queue for the lock, only to learn when it is free.
    fn wait_for_the_other(self: &Rc<Self>) {
        self.state.replace(State::Elsewhere);
        (self.on_news)(LockNews::HeldElsewhere);
        let freed = Closure::once_into_js({
            let request = Rc::clone(self);
            move || {
                // The lock is released immediately, because the person decides which
                // tab continues.
                if matches!(*request.state.borrow(), State::Elsewhere) {
                    (request.on_news)(LockNews::Free);
                }
            }
        });
        let promise = request_lock(&self.name, &Object::new(), freed.unchecked_ref());
        if let Some(promise) = promise {
            spawn_local(async move {
                // After a rejection nothing reports the lock. A new request works.
                let _ = JsFuture::from(promise).await;
            });
        }
    }
}

/// `navigator.locks.request(name, options, callback)`. None if it throws, or
/// if there are no locks, as on pages without a secure context.
fn request_lock(name: &str, options: &Object, callback: &Function) -> Option<Promise> {
    let navigator = leptos::prelude::window().navigator();
    let locks = Reflect::get(&navigator, &"locks".into()).ok()?;
    if !locks.is_object() {
        return None;
    }
    let locks: Object = locks.unchecked_into();
    let method: Function = Reflect::get(&locks, &"request".into())
        .ok()?
        .dyn_into()
        .ok()?;
    let promise = method.call3(&locks, &name.into(), options, callback).ok()?;
    promise.dyn_into().ok()
}
