use leptos::prelude::*;
use leptos::reactive::graph::{Observer, Subscriber};

/// Has what runs now forgotten, with its reactive owner, by the signals that it
/// reads.
///
/// A signal remembers whoever has read it until it changes. Those of a store
/// live on when a view of it is gone, and may not change for hours: without
/// this, each card that came and went would leave some kilobytes behind.
pub(crate) fn let_go_with_owner() {
    if let Some(subscriber) = Observer::get() {
        on_cleanup(move || subscriber.clear_sources(&subscriber));
    }
}

/// Does something now, and again whenever a signal that it read changes. One
/// type for all of them: an effect of its own for each closure is a kilobyte.
pub(crate) fn effect(run: impl FnMut() + 'static) {
    fn erased(run: Box<dyn FnMut()>) {
        Effect::new(run);
    }
    erased(Box::new(run));
}

/// What follows from signals, and changes only when that does.
pub(crate) fn computed<T>(value: impl Fn() -> T + Send + Sync + 'static) -> Memo<T>
where
    T: PartialEq + Send + Sync + 'static,
{
    fn erased<T>(value: Box<dyn Fn() -> T + Send + Sync>) -> Memo<T>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |_| {
            let_go_with_owner();
            value()
        })
    }
    erased(Box::new(value))
}
