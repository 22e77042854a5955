use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use super::LinkOutcome;

/// Resolves to the outcome of a link when the link is over. Every clone
/// resolves.
#[derive(Clone, Default)]
pub(crate) struct LinkEnd(Rc<RefCell<State>>);

#[derive(Default)]
struct State {
    outcome: Option<LinkOutcome>,
    wakers: Vec<Waker>,
}

impl LinkEnd {
    /// The end of a link that is already over.
    pub(crate) fn of(outcome: LinkOutcome) -> Self {
        let end = Self::default();
        end.resolve(outcome);
        end
    }

    /// The link is over. Only the first outcome counts.
    pub(super) fn resolve(&self, outcome: LinkOutcome) {
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

impl Future for LinkEnd {
    type Output = LinkOutcome;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<LinkOutcome> {
        let mut state = self.0.borrow_mut();
        if let Some(outcome) = &state.outcome {
            return Poll::Ready(outcome.clone());
        }
        state.wakers.push(context.waker().clone());
        Poll::Pending
    }
}
