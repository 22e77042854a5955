use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use super::LinkOutcome;

/// Resolves when a link is over, to what came of it, for each who waits.
#[derive(Clone, Default)]
pub(crate) struct LinkEnd(Rc<RefCell<State>>);

#[derive(Default)]
struct State {
    outcome: Option<LinkOutcome>,
    wakers: Vec<Waker>,
}

impl LinkEnd {
    /// The end of a link that is over already.
    pub(crate) fn of(outcome: LinkOutcome) -> Self {
        let end = Self::default();
        end.resolve(outcome);
        end
    }

    /// The link is over. The first outcome counts.
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
