use std::cell::{Cell, RefCell};
use std::rc::Rc;

use external_auth_core::{ApiError, ApiErrorKind, RevocationWarning};
use leptos::prelude::*;

use super::ExternalAuthStore;
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

type Observer = Rc<dyn Fn(&StoreEvent)>;

/// Those who want to know.
#[derive(Default)]
pub(super) struct Observers {
    all: RefCell<Vec<(u64, Observer)>>,
    count: Cell<u64>,
}

impl ExternalAuthStore {
    /// Calls `observer` for every event, until the present reactive owner ends.
    pub fn observe(self, observer: impl Fn(&StoreEvent) + 'static) {
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

    pub(crate) fn emit(self, event: &StoreEvent) {
        // Called outside of the borrow: they may do anything.
        let all = self
            .inner
            .try_with_value(|inner| inner.observers.all.borrow().clone());
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
