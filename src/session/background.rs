use super::tab_return::TabReturnWatch;
use super::{Session, SessionEvent};
use crate::chunk::{Chunk, declare_chunk};
use crate::platform::AnnounceChannel;

declare_chunk! {
    /// What a session does without being asked.
    BACKGROUND, later::background: dyn Background = &BackgroundTasks
}

/// What a session does without being asked, after its first list is shown.
pub(crate) trait Background {
    /// Begins to follow what happens in other tabs, and in this one.
    fn start(&self, session: Session);
    /// Asks the next providers live.
    fn read_live(&self, session: Session);
    /// Asks who is signed in, together with the request for a list with this
    /// sequence number.
    fn ask_person_beside(&self, session: Session, sequence: u64);
    /// Ends what runs for the person: see [`Session::end_session`].
    fn end(&self, session: Session);
}

struct BackgroundTasks;

impl Background for BackgroundTasks {
    fn start(&self, session: Session) {
        session.start_background();
    }

    fn read_live(&self, session: Session) {
        session.read_live_now();
    }

    fn ask_person_beside(&self, session: Session, sequence: u64) {
        session.ask_person_beside_now(sequence);
    }

    fn end(&self, session: Session) {
        session.cancel_check_all();
    }
}

impl Session {
    /// Asks the next providers live, a few at the same time, in display order.
    /// The first time is when the code for it is there.
    pub(super) fn read_live(self) {
        if let Some(background) = Chunk::get(&BACKGROUND) {
            background.read_live(self);
        }
    }

    /// Asks who is signed in, together with the request for a list with this
    /// sequence number, so that it is known for whom that list is. For the first
    /// list this is done when the code for it is there.
    pub(super) fn ask_person_beside(self, sequence: u64) {
        match Chunk::get(&BACKGROUND) {
            Some(background) => background.ask_person_beside(self, sequence),
            None => {
                self.with_person(|person| person.list_asked.set(Some(person.in_sight_since())));
            }
        }
    }

    /// Ends what runs for the person.
    pub(super) fn end_background(self) {
        if let Some(background) = Chunk::get(&BACKGROUND) {
            background.end(self);
        }
    }

    /// Begins what a session does without being asked, once. A list may have been
    /// requested since, for a person who is not asked for yet.
    pub(crate) fn start_background(self) {
        self.ask_person_of_first_list();
        let is_new = (self.inner).try_with_value(|inner| !inner.has_background.replace(true));
        if is_new != Some(true) {
            return;
        }
        let channel = AnnounceChannel::open(self.base_url(), move |hint| {
            self.emit(&SessionEvent::LinkHint(hint));
        });
        self.inner.with_value(|inner| {
            inner.channel.replace(channel);
            inner.tab_return.replace(Some(TabReturnWatch::new(self)));
        });
        self.read_live_now();
    }
}
