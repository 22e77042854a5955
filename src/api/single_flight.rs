use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, ready};

use futures_util::FutureExt;
use futures_util::future::{LocalBoxFuture, Shared};

/// A request that runs at most once at a time. Callers that come while it runs
/// share its result and send nothing.
pub(crate) struct SingleFlight<T: Clone>(RefCell<Option<SharedFuture<T>>>);

/// A future that several callers await. Each of them gets a clone of the
/// result.
///
/// The inner future has the same type for every result type. Otherwise
/// [`Shared`] would be compiled once for each of them.
#[derive(Clone)]
pub struct SharedFuture<T: Clone> {
    end: Shared<LocalBoxFuture<'static, ()>>,
    result: Rc<RefCell<Option<T>>>,
}

impl<T: Clone + 'static> SharedFuture<T> {
    pub(crate) fn new(future: LocalBoxFuture<'static, T>) -> Self {
        let result = Rc::new(RefCell::new(None));
        let kept = Rc::clone(&result);
        let end = async move {
            let value = future.await;
            kept.replace(Some(value));
        };
        Self {
            end: end.boxed_local().shared(),
            result,
        }
    }

    pub(crate) fn is_over(&self) -> bool {
        self.result.borrow().is_some()
    }
}

impl<T: Clone> Future for SharedFuture<T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        ready!(self.end.poll_unpin(context));
        let result = self.result.borrow().clone();
        result.map_or(Poll::Pending, Poll::Ready)
    }
}

impl<T: Clone> Default for SingleFlight<T> {
    fn default() -> Self {
        Self(RefCell::new(None))
    }
}

impl<T: Clone + 'static> SingleFlight<T> {
    /// The request that is running, if there is one.
    pub(crate) fn running(&self) -> Option<SharedFuture<T>> {
        let last = self.0.borrow().clone();
        last.filter(|last| !last.is_over())
    }

    /// Joins the running request, or starts a new one. It makes progress only
    /// while somebody awaits it.
    pub(crate) fn join(
        &self,
        begin: impl FnOnce() -> LocalBoxFuture<'static, T>,
    ) -> SharedFuture<T> {
        self.running().unwrap_or_else(|| {
            let shared = SharedFuture::new(begin());
            self.0.replace(Some(shared.clone()));
            shared
        })
    }
}
