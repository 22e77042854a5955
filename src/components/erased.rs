//! Views whose types are erased.
//!
//! Leptos compiles a view for each type that stands in it, and each closure is
//! a type of its own: about 2 KB of WebAssembly a closure. What changes on the
//! page goes through here, where it has the same type everywhere.

use leptos::prelude::*;

use crate::store::let_go_with_owner;

/// A part of a view that is drawn anew when a signal that it read changes.
pub(crate) fn dynamic(part: impl Fn() -> Option<AnyView> + Send + 'static) -> AnyView {
    erased(Box::new(part))
}

fn erased(part: Box<dyn Fn() -> Option<AnyView> + Send>) -> AnyView {
    let part = move || {
        let_go_with_owner();
        part()
    };
    part.into_any()
}

/// Words that change.
pub(crate) fn words(words: impl Fn() -> String + Send + Sync + 'static) -> Signal<String> {
    derived(Box::new(words))
}

/// A flag that changes.
pub(crate) fn flag(flag: impl Fn() -> bool + Send + Sync + 'static) -> Signal<bool> {
    derived(Box::new(flag))
}

/// The value of an ARIA attribute that is `true` or not there.
pub(super) fn aria_flag(flag: impl Fn() -> bool + Send + Sync + 'static) -> Signal<Option<String>> {
    derived(Box::new(move || flag().then(|| "true".to_owned())))
}

fn derived<T: Send + Sync + 'static>(value: Box<dyn Fn() -> T + Send + Sync>) -> Signal<T> {
    Signal::derive(move || {
        let_go_with_owner();
        value()
    })
}
