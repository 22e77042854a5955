use gloo_timers::callback::Timeout;
use js_sys::{Function, Reflect};
use leptos::prelude::window;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// The wait where the browser cannot tell when it is idle (Safari).
const WAIT_MS: u32 = 200;

/// Runs a closure when the browser has nothing else to do.
pub fn when_idle(run: impl FnOnce() + 'static) {
    let window = window();
    let request = Reflect::get(&window, &"requestIdleCallback".into());
    match request.map(JsCast::dyn_into::<Function>) {
        Ok(Ok(request)) => {
            let callback = Closure::once_into_js(run);
            // The callback is a function, so this cannot throw.
            drop(request.call1(&window, &callback));
        }
        _ => {
            Timeout::new(WAIT_MS, run).forget();
        }
    }
}
