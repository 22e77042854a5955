use external_auth_core::PersonNotice;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{FailedCommand, Session, SessionEvent};

impl Session {
    /// Reports that a change was not made because another person is signed in.
    pub(crate) fn tell_nothing_changed(self, provider: &str) {
        let notice = self.describe_person(true);
        self.set_person_notice(Some(notice.clone()));
        self.emit(&SessionEvent::Failed {
            provider: Some(provider.to_owned()),
            failure: FailedCommand::AnotherPerson(notice),
        });
    }

    /// Dismisses the notice that another person is signed in.
    pub fn dismiss_person_notice(self) {
        self.set_person_notice(None);
    }

    fn set_person_notice(self, notice: Option<PersonNotice>) {
        if let Some(write) = self.write() {
            write.person_notice.set(notice);
        }
    }

    /// Removes what was read for the previous person, ends what runs for them,
    /// and loads the list of the person who is signed in now. Does not load it
    /// if it is already the answer to the request with this sequence number.
    pub(super) fn begin_for_another_person(self, sequence: u64) {
        self.with_person(|person| {
            person.changes.set(person.changes.get() + 1);
            person.since.set(sequence);
        });
        self.cancel_check_all();
        self.emit(&SessionEvent::PersonChanged);
        let now = self.read_clock();
        for row in self.rows.get_untracked() {
            Self::give_up_live_check(&row);
            row.update_pending(|pending| *pending = None);
            row.apply(now, |record| record.forget_person(sequence));
        }
        self.inner.with_value(|inner| inner.unkept_warnings.clear());
        self.read_warnings();

        let is_theirs = self.inner.with_value(|inner| {
            let is_theirs = inner.list_sequence.get() >= sequence;
            if !is_theirs {
                inner.list_sequence.set(sequence.saturating_sub(1));
            }
            is_theirs
        });
        self.set_person_notice(Some(self.describe_person(false)));
        if is_theirs {
            self.sort_rows();
            self.read_live();
            return;
        }
        if let Some(write) = self.write() {
            write.list.update(|list| {
                list.loaded = false;
                list.error = None;
            });
        }
        // Until their list arrives, nothing is known, not even whether they
        // have a link. The page of one provider keeps its row.
        if self
            .inner
            .with_value(|inner| inner.single.borrow().is_none())
        {
            self.set_rows(Vec::new());
        }
        spawn_local(async move {
            self.load().await;
        });
    }
}
