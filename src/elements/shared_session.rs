use std::cell::RefCell;
use std::rc::{Rc, Weak};

use leptos::prelude::*;

use crate::Config;
use crate::session::Session;

thread_local! {
    /// The sessions that elements on this page have at the moment.
    static SESSIONS: RefCell<Vec<Weak<SharedSession>>> = const { RefCell::new(Vec::new()) };
}

/// One session for all elements of the same deployment and person, so that they
/// ask for one list. It ends with the last of them.
pub(super) struct SharedSession {
    session: Session,
    owner: Owner,
}

impl SharedSession {
    /// The session that is set up so, or a new one.
    pub(super) fn of(config: &Config) -> Rc<Self> {
        SESSIONS.with_borrow_mut(|sessions| {
            sessions.retain(|session| session.strong_count() > 0);
            let known = (sessions.iter().filter_map(Weak::upgrade))
                .find(|shared| shared.session.is_of(config));
            known.unwrap_or_else(|| {
                let owner = Owner::new();
                let shared = Rc::new(Self {
                    session: owner.with(|| Session::new(config)),
                    owner,
                });
                sessions.push(Rc::downgrade(&shared));
                shared
            })
        })
    }

    /// The session itself.
    pub(super) fn session(&self) -> Session {
        self.session
    }
}

impl Drop for SharedSession {
    fn drop(&mut self) {
        self.owner.cleanup();
    }
}
