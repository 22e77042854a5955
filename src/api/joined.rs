use std::cell::RefCell;
use std::pin::Pin;

use futures_util::FutureExt;
use futures_util::future::Shared;

/// Something that is not begun twice at once: who comes while it runs waits
/// for the same result.
pub(crate) struct Joined<T: Clone>(RefCell<Option<SharedFuture<T>>>);

/// What [`Joined::join`] gives to each who waits.
pub(crate) type SharedFuture<T> = Shared<Pin<Box<dyn Future<Output = T>>>>;

impl<T: Clone> Default for Joined<T> {
    fn default() -> Self {
        Self(RefCell::new(None))
    }
}

impl<T: Clone> Joined<T> {
    /// What runs already, if anything does.
    pub(crate) fn running(&self) -> Option<SharedFuture<T>> {
        let last = self.0.borrow().clone();
        last.filter(|last| last.peek().is_none())
    }

    /// Joins what runs, or begins it anew. It goes on only while somebody waits.
    pub(crate) fn join(
        &self,
        begin: impl FnOnce() -> Pin<Box<dyn Future<Output = T>>>,
    ) -> SharedFuture<T> {
        self.running().unwrap_or_else(|| {
            let shared = begin().shared();
            self.0.replace(Some(shared.clone()));
            shared
        })
    }
}
