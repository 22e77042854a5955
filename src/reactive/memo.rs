use leptos::prelude::Memo;

use super::unsubscribe_on_cleanup;

/// A value that follows from signals. Its readers run only when the value
/// itself changes.
///
/// The closure is boxed, so that all memos of one value type share their code.
pub fn memo<T>(value: impl Fn() -> T + Send + Sync + 'static) -> Memo<T>
where
    T: PartialEq + Send + Sync + 'static,
{
    fn erased<T>(value: Box<dyn Fn() -> T + Send + Sync>) -> Memo<T>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |_| {
            unsubscribe_on_cleanup();
            value()
        })
    }
    erased(Box::new(value))
}
