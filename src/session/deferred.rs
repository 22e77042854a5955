use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

/// The outcome of a command that has started. Every caller that waits for it
/// receives a clone.
pub struct Deferred<T>(Rc<RefCell<State<T>>>);

struct State<T> {
    outcome: Option<T>,
    wakers: Vec<Waker>,
}

impl<T> Clone for Deferred<T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<T> Default for Deferred<T> {
    fn default() -> Self {
        Self(Rc::new(RefCell::new(State {
            outcome: None,
            wakers: Vec::new(),
        })))
    }
}

impl<T> Deferred<T> {
    /// The outcome of a command that is already over.
    pub(crate) fn of(outcome: T) -> Self {
        let deferred = Self::default();
        deferred.resolve(outcome);
        deferred
    }

    /// The command is over. Only the first outcome counts.
    pub(crate) fn resolve(&self, outcome: T) {
        let mut state = self.0.borrow_mut();
        if state.outcome.is_some() {
            return;
        }
        state.outcome = Some(outcome);
        let wakers = std::mem::take(&mut state.wakers);
        drop(state);
        for waker in wakers {
            waker.wake();
        }
    }
}

impl<T: Clone> Future for Deferred<T> {
    type Output = T;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        let mut state = self.0.borrow_mut();
        if let Some(outcome) = &state.outcome {
            return Poll::Ready(outcome.clone());
        }
        state.wakers.push(context.waker().clone());
        Poll::Pending
    }
}
