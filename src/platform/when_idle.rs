use gloo_timers::callback::Timeout;
use js_sys::{Function, Object, Reflect};
use leptos::prelude::window;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// The wait where the browser cannot tell when it is idle (Safari).
const WAIT_MS: u32 = 200;

/// The longest wait for an idle browser. A browser may never be idle: because of an
/// animation, and Chromium sometimes when it draws no frames.
const MAX_WAIT_MS: u32 = 1_000;

/// Runs a closure when the browser has nothing else to do, and at the latest after
/// a second.
pub fn when_idle(run: impl FnOnce() + 'static) {
    let window = window();
    let request = Reflect::get(&window, &"requestIdleCallback".into());
    match request.map(JsCast::dyn_into::<Function>) {
        Ok(Ok(request)) => {
            let callback = Closure::once_into_js(run);
            let options = Object::new();
            // Neither can fail: a new object takes properties, and the callback is
            // a function.
            drop(Reflect::set(
                &options,
                &"timeout".into(),
                &MAX_WAIT_MS.into(),
            ));
            drop(request.call2(&window, &callback, &options));
        }
        _ => {
            Timeout::new(WAIT_MS, run).forget();
        }
    }
}
