use std::cell::{Cell, RefCell};
use std::rc::Rc;

use external_auth_core::{ApiError, ApiErrorKind, RevocationWarning};
use leptos::prelude::*;

use super::{ExternalAuthStore, SessionEvent};
use crate::text;

/// Something that whoever embeds a view may want to know. Nothing in it is
/// secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoreEvent {
    /// An account was linked, or linked again.
    Linked {
        /// The provider's id.
        provider: String,
        /// Whose account, where that is known.
        login: Option<String>,
    },
    /// A link was removed.
    Unlinked {
        /// The provider's id.
        provider: String,
        /// Whether the provider has revoked the token.
        revoked: bool,
    },
    /// A link was removed, and its token may still be valid.
    RevocationFailed(RevocationWarning),
    /// The session is gone.
    Unauthorized,
    /// A request did not bring what it was made for.
    Error {
        /// The provider's id, where it is about one.
        provider: Option<String>,
        /// A sentence for a person.
        message: String,
    },
    /// Linking or unlinking a provider is over, whatever came of it: said after
    /// the event that tells of a success, if there is one.
    Settled {
        /// The provider's id.
        provider: String,
    },
}

type Observer<E> = Rc<dyn Fn(&E)>;

/// Those who want to know of events.
pub(super) struct Observers<E> {
    all: RefCell<Vec<(u64, Observer<E>)>>,
    count: Cell<u64>,
}

impl<E> Default for Observers<E> {
    fn default() -> Self {
        Self {
            all: RefCell::new(Vec::new()),
            count: Cell::new(0),
        }
    }
}

impl<E> Observers<E> {
    fn add(&self, observer: Observer<E>) -> u64 {
        self.count.set(self.count.get() + 1);
        let number = self.count.get();
        self.all.borrow_mut().push((number, observer));
        number
    }

    fn remove(&self, number: u64) {
        self.all.borrow_mut().retain(|(other, _)| *other != number);
    }
}

impl ExternalAuthStore {
    /// Calls `observer` for every event, until the present reactive owner ends.
    pub fn observe(self, observer: impl Fn(&StoreEvent) + 'static) {
        let number = (self.inner).with_value(|inner| inner.observers.add(Rc::new(observer)));
        on_cleanup(move || {
            let _ = (self.inner).try_with_value(|inner| inner.observers.remove(number));
        });
    }

    pub(crate) fn emit(self, event: &StoreEvent) {
        // Called outside of the borrow: they may do anything.
        let all = (self.inner).try_with_value(|inner| inner.observers.all.borrow().clone());
        for (_, observer) in all.unwrap_or_default() {
            observer(event);
        }
    }

    /// Calls `observer` for what runs for the session has to know, as long as
    /// the session is there.
    pub(crate) fn observe_session(self, observer: impl Fn(&SessionEvent) + 'static) {
        (self.inner).with_value(|inner| inner.session_observers.add(Rc::new(observer)));
    }

    pub(super) fn tell(self, event: &SessionEvent) {
        let all = (self.inner).try_with_value(|inner| inner.session_observers.all.borrow().clone());
        for (_, observer) in all.unwrap_or_default() {
            observer(event);
        }
    }

    /// Tells of an error; the end of the session is an event of its own.
    pub(super) fn emit_error(self, provider: Option<&str>, error: &ApiError) {
        if error.kind != ApiErrorKind::Unauthorized {
            self.emit(&StoreEvent::Error {
                provider: provider.map(str::to_owned),
                message: text::api_error(error),
            });
        }
    }

    pub(crate) fn emit_settled(self, provider: &str) {
        self.emit(&StoreEvent::Settled {
            provider: provider.to_owned(),
        });
    }
}
