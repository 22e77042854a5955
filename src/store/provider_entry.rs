use std::sync::Arc;

use external_auth_core::{Knowledge, ProviderState, Timestamp};
use leptos::prelude::*;

use super::Pending;
use crate::text::Notice;

/// One row of the list.
///
/// The signals belong to the store and live as long as it does. A provider
/// that the deployment drops while the page is open leaves them behind; that
/// is a handful of bytes, once.
#[derive(Clone)]
pub struct ProviderEntry {
    /// The provider's id.
    pub id: Arc<str>,
    /// The name it goes by on this page; no two are the same.
    pub name: RwSignal<String>,
    /// All that is known of it.
    pub knowledge: RwSignal<Knowledge>,
    /// What is being done at the moment.
    pub pending: RwSignal<Option<Pending>>,
    /// What came of the last thing that was done.
    pub notice: RwSignal<Option<Notice>>,
    /// The one state that all that is known adds up to.
    pub state: Memo<ProviderState>,
}

impl ProviderEntry {
    pub(super) fn new(id: &str, now: RwSignal<Timestamp>) -> Self {
        let knowledge = RwSignal::new(Knowledge::default());
        Self {
            id: id.into(),
            name: RwSignal::new(id.to_owned()),
            knowledge,
            pending: RwSignal::new(None),
            notice: RwSignal::new(None),
            state: Memo::new(move |_| ProviderState::of(&knowledge.read(), now.get())),
        }
    }

    /// The id of the card's element, for the focus to go to.
    #[must_use]
    pub fn element_id(&self) -> String {
        format!("provider-{}", self.id)
    }
}
