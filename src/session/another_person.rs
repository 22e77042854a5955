use external_auth_core::PersonNotice;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{FailedCommand, Session, SessionEvent};

impl Session {
    /// Tells that a change was not made, because another person is signed in.
    pub(crate) fn tell_nothing_changed(self, provider: &str) {
        let notice = self.describe_person(true);
        self.set_person_notice(Some(notice.clone()));
        self.emit(&SessionEvent::Failed {
            provider: Some(provider.to_owned()),
            failure: FailedCommand::AnotherPerson(notice),
        });
    }

    /// The person has read that another person is signed in.
    pub fn dismiss_person_notice(self) {
        self.set_person_notice(None);
    }

    fn set_person_notice(self, notice: Option<PersonNotice>) {
        if let Some(write) = self.write() {
            write.person_notice.set(notice);
        }
    }

    /// Takes what was read for the person from before off the page, ends what
    /// runs for them, and loads the list of the person who is signed in now,
    /// unless that list is what was asked for with this sequence number.
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
        // Until their list is here nothing is known, not even that they have no
        // link. The page of one provider keeps its row.
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
