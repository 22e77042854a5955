use std::cell::{Cell, RefCell};
use std::rc::Rc;

use external_auth_core::{ListSummary, Moment, TabReturn};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Session, SessionEvent};
use crate::platform::{Listener, is_visible, moment};
use crate::session::ProviderRow;

/// Detects, while it lives, when the person returns to the tab.
pub(super) struct TabReturnWatch {
    _listeners: [Listener; 4],
}

impl TabReturnWatch {
    /// Reads the list of `session` again in the background when the person
    /// returns after a long time.
    pub(super) fn new(session: Session) -> Self {
        // A tab that was opened in the background was not visible yet.
        let left = Rc::new(Cell::new((!is_visible()).then(moment)));
        let leave = {
            let left = Rc::clone(&left);
            move || left.set(left.get().or_else(|| Some(moment())))
        };
        let come = {
            let left = Rc::clone(&left);
            // Both events may occur. Only the first one counts, so that each return
            // reads one list.
            move || {
                if let Some(since) = left.take() {
                    session.come_back(since);
                }
            }
        };
        let (blur, focus) = (leave.clone(), come.clone());
        let change = move |_| if is_visible() { come() } else { leave() };
        Self {
            _listeners: [
                Listener::new(&document(), "visibilitychange", change),
                // The page may be visible beside the window that has the focus.
                Listener::new(&window(), "blur", move |_| blur()),
                Listener::new(&window(), "focus", move |_| focus()),
                // A page that the back/forward cache restores starts with a new
                // session.
                Listener::new(&window(), "pagehide", move |_| session.stop_watching()),
            ],
        }
    }
}

/// Tells the session that a linking flow runs, until this is dropped. A
/// return to the tab is then part of the flow.
#[must_use = "the flow counts as over when this is dropped"]
pub(crate) struct FlowGuard(Rc<Cell<usize>>);

impl Drop for FlowGuard {
    fn drop(&mut self) {
        self.0.set(self.0.get().saturating_sub(1));
    }
}

impl Session {
    /// Registers a linking flow that starts.
    pub(crate) fn begin_flow(self) -> FlowGuard {
        let flows = self
            .inner
            .try_with_value(|inner| Rc::clone(&inner.flows))
            .unwrap_or_default();
        flows.set(flows.get() + 1);
        FlowGuard(flows)
    }

    fn stop_watching(self) {
        // Dropped later, because this runs in an event of one of its listeners.
        spawn_local(async move {
            let _ = (self.inner).try_with_value(|inner| inner.tab_return.replace(None));
        });
    }

    fn come_back(self, left: Moment) {
        if self.is_gone() || !self.list.read_untracked().loaded {
            return;
        }
        let summary = ListSummary::of((self.rows.read_untracked().iter()).map(ProviderRow::status));
        let has_flow = self.inner.with_value(|inner| inner.flows.get()) > 0;
        let tab_return = TabReturn {
            away: TabReturn::away(left, moment()),
            needs_attention: summary.attention > 0,
            is_busy: self.is_loading() || has_flow,
            has_session: !self.session_ended.get_untracked(),
        };
        if tab_return.should_read_list() {
            spawn_local(async move { self.load_quietly().await });
        }
    }

    /// Loads the list automatically. Announces only what has changed.
    async fn load_quietly(self) {
        let states = move || {
            let rows = self.rows.get_untracked();
            let state = |row: ProviderRow| (row.state_untracked(), row);
            rows.into_iter().map(state).collect::<Vec<_>>()
        };
        let before = states();
        self.inner.with_value(|inner| inner.is_quiet.set(true));
        if !self.join_load().await || self.is_gone() {
            return;
        }
        let mut changed = states();
        changed.retain(|now| !before.contains(now));
        if !changed.is_empty() {
            let changed = changed.into_iter().map(|(_, row)| row).collect();
            self.emit(&SessionEvent::StatesChanged(RefCell::new(changed)));
        }
    }

    /// Whether the list is being loaded automatically, not because a person
    /// asked.
    pub(super) fn is_quiet(self) -> bool {
        self.inner.with_value(|inner| inner.is_quiet.get())
    }

    /// A person asks for the list. A load that runs automatically now counts as
    /// theirs.
    pub(super) fn end_quiet(self) {
        let was_quiet = self.inner.with_value(|inner| inner.is_quiet.replace(false));
        if was_quiet
            && self.is_loading()
            && let Some(write) = self.write()
        {
            write.list.update(|list| list.loading = true);
        }
    }
}
