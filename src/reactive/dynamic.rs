use leptos::prelude::{AnyView, IntoAny};

use super::unsubscribe_on_cleanup;

/// A part of a view that is drawn again after a signal that it read has
/// changed.
///
/// The closure is boxed: Leptos compiles each closure in a view as a type, which
/// is about 2 KB of WebAssembly.
pub fn dynamic(part: impl Fn() -> Option<AnyView> + Send + 'static) -> AnyView {
    erased(Box::new(part))
}

fn erased(part: Box<dyn Fn() -> Option<AnyView> + Send>) -> AnyView {
    let part = move || {
        unsubscribe_on_cleanup();
        part()
    };
    part.into_any()
}
