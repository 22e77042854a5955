use std::sync::Arc;

use external_auth_core::{
    ProviderRecord, ProviderState, RevocationWarning, Timestamp, matches_query,
};
use leptos::prelude::*;

use super::live_check::LiveCheck;
use super::{ExternalAuthStore, Pending};
use crate::platform::lower_case;
use crate::reactive::words;
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
    pub name: Signal<String>,
    /// All that is known of it.
    pub record: RwSignal<ProviderRecord>,
    /// What is being done at the moment.
    pub pending: RwSignal<Option<Pending>>,
    /// What came of what was done, the oldest first, each with a number of its
    /// own.
    pub notices: RwSignal<Vec<(u64, Notice)>>,
    /// The one state that all that is known adds up to.
    pub state: RwSignal<ProviderState>,
    /// That a token of it may not be revoked, until the person dismisses it.
    pub warning: RwSignal<Option<RevocationWarning>>,
    pub(super) given_name: RwSignal<String>,
    /// Where codes of the device flow are typed in; empty before there was one.
    pub(super) verification_uri: StoredValue<String>,
    pub(super) live: StoredValue<LiveState, LocalStorage>,
}

/// How asking the provider by itself stands.
pub(super) struct LiveState {
    /// The views in which its card is in sight, or nearly so.
    near: Vec<u64>,
    /// Whether the list has brought something since it was asked last.
    pub(super) is_wanted: bool,
    /// The request that is on its way.
    pub(super) running: Option<LiveCheck>,
    notices: u64,
}

/// Two are equal when they are one and the same row.
impl PartialEq for ProviderEntry {
    fn eq(&self, other: &Self) -> bool {
        self.record == other.record
    }
}

impl ProviderEntry {
    /// A row of `store`, in the present reactive owner.
    pub(super) fn new(id: &str, store: ExternalAuthStore, is_near: bool) -> Self {
        let id: Arc<str> = id.into();
        let given_name = RwSignal::new(id.to_string());
        let record = ProviderRecord::default();
        let state = ProviderState::of(&record, store.now.get_untracked());
        let warning = warning_about(&id, &store.warnings.read_untracked());
        Self {
            name: words(move || given_name.get()),
            given_name,
            record: RwSignal::new(record),
            pending: RwSignal::new(None),
            notices: RwSignal::new(Vec::new()),
            state: RwSignal::new(state),
            warning: RwSignal::new(warning),
            verification_uri: StoredValue::new(String::new()),
            live: StoredValue::new_local(LiveState {
                near: if is_near {
                    vec![EVERY_VIEW]
                } else {
                    Vec::new()
                },
                is_wanted: false,
                running: None,
                notices: 0,
            }),
            id,
        }
    }

    /// Takes something new of the provider, and sees what state that makes.
    pub(super) fn apply(&self, now: Timestamp, change: impl FnOnce(&mut ProviderRecord)) {
        self.record.update(change);
        self.update_state(now);
    }

    /// Sees what state it is in now.
    pub(super) fn update_state(&self, now: Timestamp) {
        let state = ProviderState::of(&self.record.read_untracked(), now);
        if *self.state.read_untracked() != state {
            self.state.set(state);
        }
    }

    /// Sees whether there is a warning about it among all.
    pub(super) fn update_warning(&self, warnings: &[RevocationWarning]) {
        let warning = warning_about(&self.id, warnings);
        if *self.warning.read_untracked() != warning {
            self.warning.set(warning);
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
    pub fn status(&self) -> (ProviderState, bool) {
        (self.state.get(), self.warning.read().is_some())
    }

    /// The same, outside of anything that follows signals.
    #[must_use]
    pub fn status_untracked(&self) -> (ProviderState, bool) {
        untrack(|| self.status())
    }

    /// Whether a search finds it, by what stands on the card: name, id, type,
    /// and who is linked.
    #[must_use]
    pub fn is_found(&self, query: &str) -> bool {
        let record = self.record.read();
        let kind = record
            .provider
            .as_ref()
            .map(|provider| provider.kind.as_str());
        let user = (record.live.as_ref()).and_then(|live| live.value.user.as_ref());
        matches_query(
            query,
            &[
                &self.name.read(),
                &self.id,
                kind.unwrap_or_default(),
                user.map_or("", |user| &user.login),
                user.map_or("", |user| &user.name),
            ],
            lower_case,
        )
    }

    /// Who is linked, where that is known.
    #[must_use]
    pub fn login(&self) -> Option<String> {
        let record = self.record.read();
        let user = record.live.as_ref()?.value.user.as_ref()?;
        Some(user.login.clone()).filter(|login| !login.is_empty())
    }

    /// Puts a notice below those that are there.
    pub(super) fn say(&self, notice: Notice) {
        let mut number = 0;
        self.live.update_value(|live| {
            live.notices += 1;
            number = live.notices;
        });
        let mut notices = self.notices.write();
        // The same once more is no news; it is announced all the same.
        notices.retain(|(_, other)| *other != notice);
        notices.push((number, notice));
    }

    /// Takes a notice away.
    pub fn dismiss(&self, number: u64) {
        // The page may be gone by the time that a notice has had its time.
        self.notices
            .try_update(|notices| notices.retain(|(other, _)| *other != number));
    }

    /// The next thing is begun: what came of the last one is of no interest any
    /// more, unless something is left to do about it.
    pub(super) fn clear_notices(&self) {
        if !self.notices.read_untracked().is_empty() {
            self.notices
                .write()
                .retain(|(_, notice)| notice.tone == Tone::Warning);
        }
    }
}

fn warning_about(id: &str, warnings: &[RevocationWarning]) -> Option<RevocationWarning> {
    let own = warnings.iter().find(|warning| *warning.provider == *id);
    own.cloned()
}

/// Stands for all views, where nobody tells what is near.
const EVERY_VIEW: u64 = u64::MAX;

impl LiveState {
    /// Whether the card is in sight, or nearly so, in any view.
    pub(super) fn is_near(&self) -> bool {
        !self.near.is_empty()
    }

    /// A view tells whether its card is.
    pub(super) fn set_near(&mut self, view: u64, is_near: bool) {
        self.near.retain(|other| *other != view);
        if is_near {
            self.near.push(view);
        }
    }
}
