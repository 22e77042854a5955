use wasm_bindgen_futures::spawn_local;

use super::next_task;

/// Runs a closure in a task after this one, as [`next_task()`] does.
pub fn in_next_task(run: impl FnOnce() + 'static) {
    // One compiled function for all closures.
    fn run_boxed(run: Box<dyn FnOnce()>) {
        spawn_local(async move {
            next_task().await;
            run();
        });
    }
    run_boxed(Box::new(run));
}
