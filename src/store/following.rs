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

/// What follows from signals, and changes only when that does.
pub(crate) fn computed<T>(value: impl Fn() -> T + Send + Sync + 'static) -> Memo<T>
where
    T: PartialEq + Send + Sync + 'static,
{
    Memo::new(move |_| {
        let_go_with_owner();
        value()
    })
}
