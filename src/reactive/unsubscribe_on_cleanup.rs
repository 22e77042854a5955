use leptos::prelude::on_cleanup;
use leptos::reactive::graph::{Observer, Subscriber};

/// Unsubscribes the reader that runs now from every signal that it reads, when
/// its reactive owner is cleaned up.
///
/// The reactive graph does not do this: a signal keeps a weak reference to each
/// reader until the signal changes, and a weak reference keeps the memory of
/// the reader. Signals of a session live longer than the views that read them
/// and may not change for hours, so each card that comes and goes would leave
/// some kilobytes behind. `tests/browser/reactive.rs` reproduces the behavior.
pub fn unsubscribe_on_cleanup() {
    if let Some(subscriber) = Observer::get() {
        on_cleanup(move || subscriber.clear_sources(&subscriber));
    }
}
