use leptos::prelude::Signal;

use super::unsubscribe_on_cleanup;

/// Words that change with the signals that they are made of.
pub fn words(words: impl Fn() -> String + Send + Sync + 'static) -> Signal<String> {
    derived(Box::new(words))
}

/// A flag that changes with the signals that it is made of.
pub fn flag(flag: impl Fn() -> bool + Send + Sync + 'static) -> Signal<bool> {
    derived(Box::new(flag))
}

/// The value of an ARIA attribute that is either `true` or absent.
pub fn aria_flag(flag: impl Fn() -> bool + Send + Sync + 'static) -> Signal<Option<String>> {
    derived(Box::new(move || flag().then(|| "true".to_owned())))
}

fn derived<T: Send + Sync + 'static>(value: Box<dyn Fn() -> T + Send + Sync>) -> Signal<T> {
    Signal::derive(move || {
        unsubscribe_on_cleanup();
        value()
    })
}
