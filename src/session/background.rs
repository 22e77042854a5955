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
    /// Shows the stored warnings of the person who is signed in.
    fn read_warnings(&self, session: Session);
    /// Another person is signed in: see
    /// [`begin_for_another_person`](Session::begin_for_another_person).
    fn begin_for_another_person(&self, session: Session, sequence: u64);
}

struct BackgroundTasks;

impl Background for BackgroundTasks {
    fn start(&self, session: Session) {
        if session.is_gone() {
            return;
        }
        let channel = AnnounceChannel::open(session.base_url(), move |hint| {
            session.emit(&SessionEvent::LinkHint(hint));
        });
        session.inner.with_value(|inner| {
            inner.channel.replace(channel);
            inner.tab_return.replace(Some(TabReturnWatch::new(session)));
        });
        session.read_live_now();
    }

    fn read_live(&self, session: Session) {
        session.read_live_now();
    }

    fn read_warnings(&self, session: Session) {
        if !session.is_gone() {
            session.read_warnings();
            // The list may have been shown before. Rows with a warning come first.
            session.sort_rows();
        }
    }

    fn begin_for_another_person(&self, session: Session, sequence: u64) {
        if !session.is_gone() {
            session.begin_for_another_person(sequence);
        }
    }
}

impl Session {
    /// Asks the next providers live, a few at the same time, in display order.
    pub(super) fn read_live(self) {
        if let Some(background) = Chunk::get(&BACKGROUND) {
            background.read_live(self);
        }
    }
}
