use std::cell::RefCell;
use std::rc::{Rc, Weak};

use leptos::prelude::*;

use crate::Config;
use crate::store::ExternalAuthStore;

thread_local! {
    /// The stores that elements on this page have at the moment.
    static STORES: RefCell<Vec<Weak<SharedStore>>> = const { RefCell::new(Vec::new()) };
}

/// One store for all elements of the same deployment and session, so that they
/// ask for one list. It ends with the last of them.
pub(super) struct SharedStore {
    config: Config,
    store: ExternalAuthStore,
    owner: Owner,
}

impl SharedStore {
    /// The store that is set up so, or a new one.
    pub(super) fn of(config: &Config) -> Rc<Self> {
        STORES.with_borrow_mut(|stores| {
            stores.retain(|store| store.strong_count() > 0);
            let known = (stores.iter().filter_map(Weak::upgrade))
                .find(|store| store.config.is_same_session(config));
            known.unwrap_or_else(|| {
                let owner = Owner::new();
                let shared = Rc::new(Self {
                    config: config.clone(),
                    store: owner.with(|| ExternalAuthStore::new(config.clone())),
                    owner,
                });
                stores.push(Rc::downgrade(&shared));
                shared
            })
        })
    }

    /// The store itself.
    pub(super) fn store(&self) -> ExternalAuthStore {
        self.store
    }
}

impl Drop for SharedStore {
    fn drop(&mut self) {
        self.owner.cleanup();
    }
}
