use std::cell::Cell;
use std::rc::Rc;

use external_auth_core::{ApiError, CookieMismatch};
use futures_util::future::LocalBoxFuture;

use super::Session;

/// The result of the question who is signed in, which is asked before a
/// change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PersonCheck {
    /// It is the person for whom the list was read.
    Same,
    /// Another person is signed in, or it was not known for whom the list was
    /// read. The list of the person who is signed in is already being loaded.
    Other,
    /// The question failed.
    Unknown(ApiError),
    /// A redirect flow would run for another person than the session token's.
    Mismatch(CookieMismatch),
}

/// The person for whom a command was started.
#[derive(Clone, Copy)]
pub(crate) struct ActingPerson {
    session: Session,
    changes: u64,
}

/// Whether a change may be sent, for [`Client`](crate::api::Client).
pub(crate) type Gate = Box<dyn Fn(bool) -> LocalBoxFuture<'static, bool>>;

impl ActingPerson {
    pub(super) fn session(self) -> Session {
        self.session
    }

    /// Whether no other person was found since then.
    pub(crate) fn is_still_there(self) -> bool {
        self.session.person_changes() == self.changes
    }

    /// Confirms that the same person is still signed in. Otherwise the change
    /// must not be made. Asks only if that is not certain, or if `asks_anyway`
    /// is set.
    pub(crate) async fn confirm(self, asks_anyway: bool) -> PersonCheck {
        let check = self.session.confirm_person(asks_anyway).await;
        if check == PersonCheck::Same && !self.is_still_there() {
            return PersonCheck::Other;
        }
        check
    }

    /// Allows a change only for the person for whom it was started, and only
    /// while it is wanted. Keeps the reason why the person could not be
    /// confirmed.
    pub(crate) fn gate(
        self,
        is_wanted: impl Fn() -> bool + Clone + 'static,
    ) -> (Gate, Rc<Cell<Option<ApiError>>>) {
        let error = Rc::new(Cell::new(None));
        let kept = Rc::clone(&error);
        let gate: Gate = Box::new(move |asks_anyway| {
            let kept = Rc::clone(&kept);
            let is_wanted = is_wanted.clone();
            if asks_anyway {
                // The CSRF token is new, so it belongs to the person who is signed in
                // now. If the question fails, the next change asks again.
                self.session
                    .with_person(|person| person.known.borrow_mut().doubt());
            }
            Box::pin(async move {
                if !is_wanted() {
                    return false;
                }
                match self.confirm(asks_anyway).await {
                    PersonCheck::Same => is_wanted(),
                    PersonCheck::Other | PersonCheck::Mismatch(_) => false,
                    PersonCheck::Unknown(error) => {
                        kept.set(Some(error));
                        false
                    }
                }
            })
        });
        (gate, error)
    }
}

impl Session {
    /// The person for whom a command would be started now.
    pub(crate) fn acting_person(self) -> ActingPerson {
        ActingPerson {
            session: self,
            changes: self.person_changes(),
        }
    }
}
