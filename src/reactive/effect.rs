use leptos::prelude::Effect;

/// Runs a closure now, and again after a signal that it read has changed.
///
/// The closure is boxed, so that all effects have one type: each closure that
/// is compiled as an effect weighs a kilobyte.
pub fn effect(run: impl FnMut() + 'static) {
    fn erased(run: Box<dyn FnMut()>) {
        Effect::new(run);
    }
    erased(Box::new(run));
}
