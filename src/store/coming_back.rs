use std::cell::Cell;
use std::rc::Rc;

use external_auth_core::{ListSummary, Moment, ProviderState, TabReturn};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{ExternalAuthStore, ProviderEntry};
use crate::platform::{Listener, is_visible, moment};
use crate::text;

/// Notices, for as long as it lives, when the person comes back to the tab.
pub(super) struct ComingBack {
    _listeners: [Listener; 4],
}

impl ComingBack {
    /// Has the list of `store` read again, quietly, when the person comes back
    /// after so long that it is worth it.
    pub(super) fn watch(store: ExternalAuthStore) -> Self {
        // A tab that was opened in the background has not been seen yet.
        let left = Rc::new(Cell::new((!is_visible()).then(moment)));
        let leave = {
            let left = Rc::clone(&left);
            move || left.set(left.get().or_else(|| Some(moment())))
        };
        let come = {
            let left = Rc::clone(&left);
            // Both events may come. The first one counts, so that each return reads
            // one list.
            move || {
                if let Some(since) = left.take() {
                    store.come_back(since);
                }
            }
        };
        let (blur, focus) = (leave.clone(), come.clone());
        let change = move |_| if is_visible() { come() } else { leave() };
        Self {
            _listeners: [
                Listener::new(&document(), "visibilitychange", change),
                // The page may be in sight beside the window that has the focus.
                Listener::new(&window(), "blur", move |_| blur()),
                Listener::new(&window(), "focus", move |_| focus()),
                // A page that the back/forward cache restores begins with a new store.
                Listener::new(&window(), "pagehide", move |_| store.leave_for_good()),
            ],
        }
    }
}

impl ExternalAuthStore {
    fn leave_for_good(self) {
        // Not in the midst of an event to one of its listeners.
        spawn_local(async move {
            let _ = (self.inner).try_with_value(|inner| inner.coming_back.replace(None));
        });
    }

    fn come_back(self, left: Moment) {
        if self.inner.is_disposed() || !self.list.read_untracked().loaded {
            return;
        }
        let summary = ListSummary::of(
            (self.entries.read_untracked().iter()).map(ProviderEntry::status_untracked),
        );
        let tab_return = TabReturn {
            away: TabReturn::away(left, moment()),
            needs_attention: summary.attention > 0,
            is_busy: self.is_loading()
                || self.window_link.read_untracked().is_some()
                || self.device_link.read_value().is_some(),
            has_session: !self.session_ended.get_untracked(),
        };
        if tab_return.is_worth_a_list() {
            spawn_local(async move { self.load_quietly().await });
        }
    }

    /// Loads the list without a word, unless something has changed: nobody has
    /// asked for it.
    async fn load_quietly(self) {
        let states = move || {
            let entries = self.entries.get_untracked();
            let state = |entry: ProviderEntry| (entry.state.get_untracked(), entry);
            entries.into_iter().map(state).collect::<Vec<_>>()
        };
        let before = states();
        self.inner.with_value(|inner| inner.is_quiet.set(true));
        if !self.join_load().await || self.inner.is_disposed() {
            return;
        }
        let mut changed = states();
        changed.retain(|now| !before.contains(now));
        for view in self.views() {
            let only = view.only.read_untracked();
            let is_shown = |(_, entry): &(ProviderState, ProviderEntry)| {
                only.is_empty() || only.iter().any(|id| **id == *entry.id)
            };
            let (shown, others): (Vec<_>, Vec<_>) = changed.into_iter().partition(is_shown);
            changed = others;
            if !shown.is_empty() {
                view.announce(text::states_changed(
                    shown
                        .iter()
                        .map(|(state, entry)| (entry.name.get_untracked(), *state)),
                ));
            }
        }
    }

    /// Whether nobody has asked for the list that is being loaded.
    pub(super) fn is_quiet(self) -> bool {
        self.inner.with_value(|inner| inner.is_quiet.get())
    }

    /// Somebody asks for the list: one that is being loaded quietly is so no more.
    pub(super) fn end_quiet(self) {
        let was_quiet = self.inner.with_value(|inner| inner.is_quiet.replace(false));
        if was_quiet && self.is_loading() {
            self.list.update(|list| list.loading = true);
        }
    }

    /// The views that have a live region: those of the elements, or the page.
    pub(super) fn views(self) -> Vec<Self> {
        let views = self.inner.with_value(|inner| inner.views.borrow().clone());
        if views.is_empty() { vec![self] } else { views }
    }
}
