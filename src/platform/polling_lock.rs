use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

/// The right to poll for one provider, which one tab has at a time (Web Locks).
///
/// The device code never leaves its tab; so when two tabs link the same
/// provider, one polls and the other waits for the result, or for the right.
#[must_use = "the right is given back when this is dropped"]
pub struct PollingLock(Rc<RefCell<Release>>);

enum Release {
    /// Not granted yet.
    Waiting,
    /// Held; calling it gives the lock back.
    Held(Function),
    /// Given back, or not wanted any more.
    Dropped,
}

impl PollingLock {
    /// Asks for the right at a deployment, which is told by its base, and calls `on_granted` when it is there: at once,
    /// or when the other tab has given it back. Where the browser has no locks
    /// it is granted at once.
    pub fn request(deployment: &str, provider: &str, on_granted: impl Fn() + 'static) -> Self {
        let release = Rc::new(RefCell::new(Release::Waiting));
        let on_granted = Rc::new(on_granted);
        // The browser may call it long after this value is gone, and then once.
        let granted = Closure::once_into_js({
            let release = Rc::clone(&release);
            let on_granted = Rc::clone(&on_granted);
            move || {
                if matches!(*release.borrow(), Release::Dropped) {
                    return JsValue::UNDEFINED;
                }
                // The lock is held until this promise is settled.
                let promise = Promise::new(&mut |resolve, _reject| {
                    release.replace(Release::Held(resolve));
                });
                on_granted();
                promise.into()
            }
        });
        let name = format!("coder-external-auth{deployment}/{provider}");
        if request(&name, granted.unchecked_ref()).is_none() {
            on_granted();
        }
        Self(release)
    }
}

impl Drop for PollingLock {
    fn drop(&mut self) {
        if let Release::Held(release) = self.0.replace(Release::Dropped) {
            // It cannot throw: it settles a promise.
            let _ = release.call0(&JsValue::UNDEFINED);
        }
    }
}

/// `navigator.locks.request(name, granted)`. None where there are no locks,
/// as on pages that are not served securely.
fn request(name: &str, granted: &Function) -> Option<()> {
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
    // The promise it answers with is that of `granted`, which never rejects.
    method.call2(&locks, &name.into(), granted).ok().map(|_| ())
}
