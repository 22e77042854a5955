use std::cell::RefCell;

use external_auth_core::{ApiError, ListFilter};
use leptos::prelude::*;

use super::View;
use crate::platform::FocusGuard;
use crate::session::{ProviderRow, SessionEvent};
use crate::text::{self, Notice, Tone};

impl View {
    /// Follows what happens in the session, until the view is gone.
    pub(super) fn observe_session(self) {
        self.session.observe(move |event| {
            // An observer before this one may have removed the view.
            if self.is_gone() {
                return;
            }
            match event {
                // Rows that change their places lose the focus.
                SessionEvent::RowsChange => FocusGuard::anywhere().restore(),
                SessionEvent::PersonChanged => self.begin_for_another_person(),
                SessionEvent::Returned(provider) => {
                    let returned = provider.borrow_mut().take_if(|id| self.is_about(id));
                    if let Some(id) = returned {
                        self.present_return(&id);
                    }
                }
                SessionEvent::StatesChanged(changed) => self.announce_states(changed),
                _ => {}
            }
        });
    }

    /// Whether the view is about the provider with this id.
    fn is_about(self, id: &str) -> bool {
        let only = self.only.read_untracked();
        only.is_empty() || only.iter().any(|other| other == id)
    }

    /// Removes what was said to the previous person, and what was asked of them.
    fn begin_for_another_person(self) {
        self.notices.set(Vec::new());
        self.inner
            .with_value(|inner| inner.installing.replace(None));
        self.query.set(String::new());
        self.filter.set(ListFilter::default());
        self.answer_unlink(false);
        self.unlink_candidate.set(None);
    }

    /// Announces the new states of the rows that the view shows. Takes these rows
    /// out, so that each is announced in one view only.
    fn announce_states(self, changed: &RefCell<Vec<ProviderRow>>) {
        let is_shown = |row: &ProviderRow| self.is_about(&row.id);
        let (shown, others): (Vec<_>, Vec<_>) = changed.take().into_iter().partition(is_shown);
        changed.replace(others);
        if !shown.is_empty() {
            let states =
                (shown.iter()).map(|row| (row.name.get_untracked(), row.state_untracked()));
            self.announce(text::states_changed(states));
        }
    }

    /// Says that a change was not made, because it could not be asked who is
    /// signed in.
    pub(crate) fn say_not_confirmed(self, row: &ProviderRow, error: &ApiError) {
        let notice = if error.kind.is_sign_out() {
            // The page says why, once.
            Notice::new(Tone::Error, text::nothing_changed())
        } else {
            Notice::error(text::person_not_confirmed(), error)
        };
        self.push_notice(row, notice);
    }
}
