use std::sync::Arc;

use external_auth_core::{Knowledge, ProviderState, RevocationWarning, matches_query};
use leptos::prelude::*;

use super::live_check::LiveCheck;
use super::{ExternalAuthStore, Pending};
use crate::text::{Notice, Tone};

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
    /// What came of what was done, the oldest first, each with a number of its
    /// own.
    pub notices: RwSignal<Vec<(u64, Notice)>>,
    /// The one state that all that is known adds up to.
    pub state: Memo<ProviderState>,
    /// That a token of it may not be revoked, until the person dismisses it.
    pub warning: Memo<Option<RevocationWarning>>,
    /// Whether the search and the filter of the list show it.
    pub shown: Memo<bool>,
    /// Where codes of the device flow are typed in; empty before there was one.
    pub(super) verification_uri: StoredValue<String>,
    pub(super) live: StoredValue<LiveState, LocalStorage>,
}

/// How asking the provider by itself stands.
pub(super) struct LiveState {
    /// Whether the card is in sight, or nearly so.
    pub(super) is_near: bool,
    /// Whether the list has brought something since it was asked last.
    pub(super) is_wanted: bool,
    /// The request that is on its way.
    pub(super) running: Option<LiveCheck>,
    notices: u64,
}

impl ProviderEntry {
    /// A row of `store`, in the present reactive owner.
    pub(super) fn new(id: &str, store: ExternalAuthStore, is_near: bool) -> Self {
        let ExternalAuthStore {
            now,
            warnings,
            query,
            filter,
            ..
        } = store;
        let id: Arc<str> = id.into();
        let name = RwSignal::new(id.to_string());
        let knowledge = RwSignal::new(Knowledge::default());
        let state = Memo::new(move |_| ProviderState::of(&knowledge.read(), now.get()));
        let warning = {
            let id = Arc::clone(&id);
            Memo::new(move |_| {
                let warnings = warnings.read();
                let own = warnings.iter().find(|warning| *warning.provider == *id);
                own.cloned()
            })
        };
        let shown = {
            let id = Arc::clone(&id);
            Memo::new(move |_| {
                let query = query.read();
                filter.get().admits(state.get(), warning.read().is_some())
                    && (query.is_empty() || is_found(&query, &id, &name.read(), &knowledge.read()))
            })
        };
        Self {
            name,
            knowledge,
            pending: RwSignal::new(None),
            notices: RwSignal::new(Vec::new()),
            state,
            warning,
            shown,
            verification_uri: StoredValue::new(String::new()),
            live: StoredValue::new_local(LiveState {
                is_near,
                is_wanted: false,
                running: None,
                notices: 0,
            }),
            id,
        }
    }

    /// The id of the card's element, for the focus to go to.
    #[must_use]
    pub fn element_id(&self) -> String {
        format!("{}{}", Self::ELEMENT_ID_PREFIX, self.id)
    }

    pub(super) const ELEMENT_ID_PREFIX: &str = "provider-";

    /// The state, and whether there is a warning beside it: what lists are
    /// sorted, counted and filtered by.
    #[must_use]
    pub fn standing(&self) -> (ProviderState, bool) {
        (self.state.get(), self.warning.read().is_some())
    }

    /// The same, outside of anything that follows signals.
    #[must_use]
    pub fn standing_untracked(&self) -> (ProviderState, bool) {
        (
            self.state.get_untracked(),
            self.warning.read_untracked().is_some(),
        )
    }

    /// Puts a notice below those that are there.
    pub(super) fn say(&self, notice: Notice) {
        let mut number = 0;
        self.live.update_value(|live| {
            live.notices += 1;
            number = live.notices;
        });
        self.notices.write().push((number, notice));
    }

    /// Takes a notice away.
    pub fn dismiss(&self, number: u64) {
        // The page may be gone by the time that a notice has had its time.
        self.notices
            .try_update(|notices| notices.retain(|(other, _)| *other != number));
    }

    /// The next thing is begun: what came of the last one is of no interest any
    /// more, unless something is left to do about it.
    pub(super) fn begin_anew(&self) {
        if !self.notices.read_untracked().is_empty() {
            self.notices
                .write()
                .retain(|(_, notice)| notice.tone == Tone::Warning);
        }
    }
}

/// By what stands on the card: name, id, type, and who is linked.
fn is_found(query: &str, id: &str, name: &str, knowledge: &Knowledge) -> bool {
    let kind = knowledge
        .provider
        .as_ref()
        .map(|provider| provider.kind.as_str());
    let user = (knowledge.live.as_ref()).and_then(|live| live.value.user.as_ref());
    matches_query(
        query,
        &[
            name,
            id,
            kind.unwrap_or_default(),
            user.map_or("", |user| &user.login),
            user.map_or("", |user| &user.name),
        ],
    )
}
