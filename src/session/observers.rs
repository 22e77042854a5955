use std::cell::{Cell, RefCell};
use std::rc::Rc;

use external_auth_core::{ApiError, ApiErrorKind};
use leptos::prelude::*;

use super::{FailedCommand, Session, SessionEvent};

type Observer = Rc<dyn Fn(&SessionEvent)>;

/// The observers of the events of a session.
#[derive(Default)]
pub(super) struct Observers {
    all: RefCell<Vec<(u64, Observer)>>,
    count: Cell<u64>,
}

impl Session {
    /// Calls `observer` for every event, until the current reactive owner ends.
    pub fn observe(self, observer: impl Fn(&SessionEvent) + 'static) {
        let number = self.inner.with_value(|inner| {
            let observers = &inner.observers;
            observers.count.set(observers.count.get() + 1);
            let number = observers.count.get();
            (observers.all.borrow_mut()).push((number, Rc::new(observer)));
            number
        });
        on_cleanup(move || {
            let _ = self.inner.try_with_value(|inner| {
                let mut all = inner.observers.all.borrow_mut();
                all.retain(|(other, _)| *other != number);
            });
        });
    }

    /// Sends an event to every observer.
    pub(crate) fn emit(self, event: &SessionEvent) {
        // Called outside of the borrow, because an observer may call the
        // session.
        let all = self
            .inner
            .try_with_value(|inner| inner.observers.all.borrow().clone());
        for (_, observer) in all.unwrap_or_default() {
            observer(event);
        }
    }

    /// Sends the event of a failed request. The end of the session has a
    /// separate event.
    pub(crate) fn emit_error(self, provider: Option<&str>, error: &ApiError) {
        if error.kind != ApiErrorKind::Unauthorized {
            self.emit(&SessionEvent::Failed {
                provider: provider.map(str::to_owned),
                failure: FailedCommand::Request(error.clone()),
            });
        }
    }
}
