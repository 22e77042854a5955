use std::time::Duration;

/// The least time between two gentle looks at a provider.
const GENTLE_INTERVAL: Duration = Duration::from_secs(3);
/// How long the page looks by itself before it asks whether to go on.
const PATIENCE: Duration = Duration::from_mins(5);

/// Waiting for a redirect flow (RFC 6749 §4.1) that runs in a window of its
/// own: events in, effects out.
///
/// Nothing that another window says is the result: a message, a focus, a
/// window that looks closed are reasons to read again, and only what was read
/// ends the flow. `now` is of a monotonic clock.
#[derive(Debug, Clone)]
pub struct WindowFlow {
    kind: WindowFlowKind,
    phase: WindowPhase,
    patient_until: Duration,
    last_read: Duration,
    reading: bool,
    read_again: bool,
    focus_read: bool,
}

/// What the flow is for, which decides how its success is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WindowFlowKind {
    /// There is no link yet. Success is found live, by id, which is cheap.
    NewLink,
    /// There is one, which may look the same before and after. Success is a
    /// newer time in the list, which is expensive: it is never read by itself.
    Reauthentication,
}

/// Where the flow stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WindowPhase {
    /// The person is at the provider, and the page looks now and then.
    Waiting,
    /// It took long: the person chooses whether to go on.
    StillWaiting,
    /// The account is linked.
    Linked,
    /// The person gave up.
    Cancelled,
    /// The session is gone.
    SignedOut,
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WindowEvent {
    /// Time went by.
    Tick {
        /// Whether the page is in sight.
        visible: bool,
    },
    /// The return page reports that the browser came back.
    Returned,
    /// The person came back to this page.
    Focused,
    /// The person asks for a look.
    LookNow,
    /// What a look found: whether the account is linked now. `false` also when
    /// that could not be found out.
    Read(bool),
    /// The person wants to wait on.
    KeepWaiting,
    /// The person gives up.
    Cancel,
    /// The session is gone.
    SessionEnded,
}

impl WindowFlow {
    /// A flow whose window has just opened.
    #[must_use]
    pub fn start(kind: WindowFlowKind, now: Duration) -> Self {
        Self {
            kind,
            phase: WindowPhase::Waiting,
            patient_until: now.saturating_add(PATIENCE),
            last_read: now,
            reading: false,
            read_again: false,
            focus_read: false,
        }
    }

    /// Takes an event. True: read now whether the account is linked, and say
    /// so by [`WindowEvent::Read`].
    #[must_use]
    pub fn handle(&mut self, event: WindowEvent, now: Duration) -> bool {
        if self.has_ended() {
            return false;
        }
        match event {
            WindowEvent::Tick { visible } => {
                if now >= self.patient_until && self.phase == WindowPhase::Waiting {
                    self.phase = WindowPhase::StillWaiting;
                }
                let due = now >= self.last_read.saturating_add(GENTLE_INTERVAL);
                visible
                    && due
                    && self.kind == WindowFlowKind::NewLink
                    && self.phase == WindowPhase::Waiting
                    && self.read()
            }
            WindowEvent::Focused => {
                let first = !self.focus_read;
                self.focus_read = true;
                (first || self.kind == WindowFlowKind::NewLink) && self.read()
            }
            WindowEvent::Returned => {
                // What is being read now may have been asked for too early.
                self.read_again = self.reading;
                self.read()
            }
            WindowEvent::LookNow => self.read(),
            WindowEvent::Read(linked) => {
                self.reading = false;
                self.last_read = now;
                if linked {
                    self.phase = WindowPhase::Linked;
                    return false;
                }
                std::mem::take(&mut self.read_again) && self.read()
            }
            WindowEvent::KeepWaiting => {
                self.phase = WindowPhase::Waiting;
                self.patient_until = now.saturating_add(PATIENCE);
                self.focus_read = false;
                self.read()
            }
            WindowEvent::Cancel => self.end(WindowPhase::Cancelled),
            WindowEvent::SessionEnded => self.end(WindowPhase::SignedOut),
        }
    }

    /// Where the flow stands.
    #[must_use]
    pub fn phase(&self) -> WindowPhase {
        self.phase
    }

    /// How its success is found.
    #[must_use]
    pub fn kind(&self) -> WindowFlowKind {
        self.kind
    }

    /// Whether it is over.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        !matches!(self.phase, WindowPhase::Waiting | WindowPhase::StillWaiting)
    }

    fn read(&mut self) -> bool {
        !std::mem::replace(&mut self.reading, true)
    }

    fn end(&mut self, phase: WindowPhase) -> bool {
        self.phase = phase;
        false
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const VISIBLE: WindowEvent = WindowEvent::Tick { visible: true };

    fn seconds(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    fn flow(kind: WindowFlowKind) -> WindowFlow {
        WindowFlow::start(kind, Duration::ZERO)
    }

    #[test]
    fn a_new_link_is_looked_for_every_three_seconds_while_in_sight() {
        let mut flow = flow(WindowFlowKind::NewLink);
        assert!(!flow.handle(VISIBLE, seconds(2)));
        assert!(flow.handle(VISIBLE, seconds(3)));
        assert!(!flow.handle(VISIBLE, seconds(9)), "one look at a time");
        assert!(!flow.handle(WindowEvent::Read(false), seconds(9)));
        assert!(!flow.handle(WindowEvent::Tick { visible: false }, seconds(60)));
        assert!(flow.handle(VISIBLE, seconds(61)));
        assert!(!flow.handle(WindowEvent::Read(true), seconds(62)));
        assert_eq!(flow.phase(), WindowPhase::Linked);
    }

    #[test]
    fn after_five_minutes_the_person_chooses() {
        let mut flow = flow(WindowFlowKind::NewLink);
        assert!(!flow.handle(VISIBLE, seconds(300)));
        assert_eq!(flow.phase(), WindowPhase::StillWaiting);
        assert!(!flow.handle(VISIBLE, seconds(400)), "no look by itself");
        assert!(flow.handle(WindowEvent::KeepWaiting, seconds(401)));
        assert_eq!(flow.phase(), WindowPhase::Waiting);
    }

    #[test]
    fn a_reauthentication_reads_the_list_once_on_focus_and_when_the_window_reports() {
        let mut flow = flow(WindowFlowKind::Reauthentication);
        assert!(!flow.handle(VISIBLE, seconds(10)));
        assert!(flow.handle(WindowEvent::Focused, seconds(11)));
        assert!(!flow.handle(WindowEvent::Read(false), seconds(12)));
        assert!(!flow.handle(WindowEvent::Focused, seconds(20)));
        assert!(flow.handle(WindowEvent::Returned, seconds(30)));
        assert!(!flow.handle(WindowEvent::Read(true), seconds(31)));
        assert_eq!(flow.phase(), WindowPhase::Linked);
    }

    #[test]
    fn a_report_during_a_look_makes_it_look_again() {
        let mut flow = flow(WindowFlowKind::NewLink);
        assert!(flow.handle(VISIBLE, seconds(3)));
        assert!(!flow.handle(WindowEvent::Returned, seconds(4)));
        assert!(flow.handle(WindowEvent::Read(false), seconds(5)));
    }

    #[test]
    fn nothing_is_read_after_the_end() {
        for end in [WindowEvent::Cancel, WindowEvent::SessionEnded] {
            let mut flow = flow(WindowFlowKind::NewLink);
            assert!(!flow.handle(end, seconds(1)));
            for event in [
                VISIBLE,
                WindowEvent::Returned,
                WindowEvent::Focused,
                WindowEvent::LookNow,
            ] {
                assert!(!flow.handle(event, seconds(500)));
            }
        }
    }

    proptest! {
        #[test]
        fn there_is_never_a_second_look_before_the_answer(
            events in prop::collection::vec((0..8_usize, 0..20_u64), 0..100),
            reauthenticates in any::<bool>(),
        ) {
            let kind = if reauthenticates { WindowFlowKind::Reauthentication } else { WindowFlowKind::NewLink };
            let mut flow = flow(kind);
            let mut now = Duration::ZERO;
            let mut reading = false;
            for (event, pause) in events {
                now += seconds(pause);
                let event = [
                    VISIBLE, WindowEvent::Tick { visible: false }, WindowEvent::Returned, WindowEvent::Focused,
                    WindowEvent::LookNow, WindowEvent::Read(false), WindowEvent::KeepWaiting, VISIBLE,
                ][event];
                if event == WindowEvent::Read(false) {
                    if !reading {
                        continue;
                    }
                    reading = false;
                }
                let read = flow.handle(event, now);
                prop_assert!(!(read && reading));
                reading |= read;
            }
        }
    }
}
