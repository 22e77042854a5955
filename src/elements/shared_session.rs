use std::cell::RefCell;
use std::rc::{Rc, Weak};

use leptos::prelude::*;
use wasm_bindgen::JsValue;

use crate::Config;
use crate::linking::LinkingSlot;
use crate::session::{EarlyRequests, Session};
use crate::view::View;

thread_local! {
    /// The sessions of the elements on this page.
    static SESSIONS: RefCell<Vec<Weak<SharedSession>>> = const { RefCell::new(Vec::new()) };
}

/// One session for all elements of the same deployment and person, so that
/// they load one list. It ends with the last of these elements.
pub(super) struct SharedSession {
    session: Session,
    linking: LinkingSlot,
    owner: Owner,
}

impl SharedSession {
    /// The session with this configuration, or a new one, which takes over the
    /// requests of `early` that fit it.
    pub(super) fn of(config: &Config, early: &JsValue) -> Rc<Self> {
        SESSIONS.with_borrow_mut(|sessions| {
            sessions.retain(|session| session.strong_count() > 0);
            let known = (sessions.iter().filter_map(Weak::upgrade))
                .find(|shared| shared.session.is_of(config));
            known.unwrap_or_else(|| {
                let owner = Owner::new();
                let session = owner.with(|| Session::new(config));
                let early = EarlyRequests::take(early, config);
                session.take_over(early);
                let shared = Rc::new(Self {
                    session,
                    linking: LinkingSlot::default(),
                    owner,
                });
                sessions.push(Rc::downgrade(&shared));
                shared
            })
        })
    }

    /// Another view of the session, in the current reactive owner.
    pub(super) fn view(&self, config: &Config) -> View {
        View::of(self.session, self.linking.clone(), config)
    }
}

impl Drop for SharedSession {
    fn drop(&mut self) {
        self.owner.cleanup();
    }
}
