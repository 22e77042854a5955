use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, ready};

use futures_util::FutureExt;
use futures_util::future::{LocalBoxFuture, Shared};
use leptos::task::spawn_local;

/// A request that runs once at a time: a caller that comes while it runs waits
/// for the same result, and sends nothing.
pub(crate) struct SingleFlight<T: Clone>(RefCell<Option<SharedFuture<T>>>);

/// What several wait for, and which comes to the same for each of them.
///
/// What is waited for has one type, whatever it comes to: all of [`Shared`]
/// would be compiled for each type.
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

    /// Begins now, and goes on when nobody waits.
    pub(crate) fn spawn(future: LocalBoxFuture<'static, T>) -> Self {
        let shared = Self::new(future);
        spawn_local(shared.clone().map(drop));
        shared
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
    /// The request that runs at the moment, if there is one.
    pub(crate) fn running(&self) -> Option<SharedFuture<T>> {
        let last = self.0.borrow().clone();
        last.filter(|last| !last.is_over())
    }

    /// Joins the request that runs, or begins a new one. It makes progress only
    /// while somebody waits.
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
