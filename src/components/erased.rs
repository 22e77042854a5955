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

/// Words as all that an element holds, for where others stand beside them.
///
/// Words that change are never a child of a view, but the whole text content of
/// an element (`prop:textContent`): translation by the browser replaces the text
/// nodes of the page by elements of its own, and a view that writes to its text
/// node then writes to nothing that anybody sees.
pub(crate) fn said(words: String) -> AnyView {
    view! { <span prop:textContent=words></span> }.into_any()
}

/// The same for words that change by themselves.
pub(crate) fn said_now(words: Signal<String>) -> AnyView {
    view! { <span prop:textContent=words></span> }.into_any()
}

/// What a control is about, for whoever does not see where it stands. It follows
/// the words that all see.
pub(crate) fn about(name: Signal<String>) -> AnyView {
    let name = words(move || format!(" {}", name.read()));
    view! { <span class="visually-hidden" prop:textContent=name></span> }.into_any()
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
