use std::time::Duration;

use crate::{LinkEvidence, LinkVerdict};

/// The least time between two gentle looks at a provider.
const GENTLE_INTERVAL: Duration = Duration::from_secs(3);
/// How long the page looks by itself before it asks whether to go on.
const PATIENCE: Duration = Duration::from_mins(5);

/// Waiting for a redirect flow (RFC 6749 §4.1) that runs in another window:
/// events in, effects out.
///
/// Nothing that happens in another window ends the flow by itself: a message, a
/// focus, a window that looks closed are reasons to read, and what was read is
/// judged ([`LinkVerdict`]). `now` is of a monotonic clock.
#[derive(Debug, Clone)]
pub struct WindowFlow {
    kind: WindowFlowKind,
    phase: WindowPhase,
    evidence: LinkEvidence,
    patient_until: Duration,
    last_read: Duration,
    reading: bool,
    read_again: bool,
    focus_read: bool,
    /// Whether the person waits for what the next answer says.
    asked: bool,
    /// Whether the list was read, because by-id knew no link after the return.
    list_read: bool,
    /// Whether the deployment was asked for its address.
    address_read: bool,
}

/// What the flow is for, which decides how its success is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WindowFlowKind {
    /// There is no link yet. Success is found live, by id, which is cheap.
    NewLink,
    /// There is one, which may look the same before and after. Success is found
    /// in the list, which is expensive: it is never read by itself.
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
    /// The account was linked, and the provider refuses the link all the same.
    Unusable,
    /// The person asked for a look, and the link works; whether it was linked
    /// again is not known.
    Works,
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
        /// Whether the window seems to be closed; it may not be.
        seems_closed: bool,
    },
    /// The flow came back: our return page reports it, or the window is at the
    /// deployment's own page behind the callback.
    Returned,
    /// Another tab says that the link may have changed.
    Hinted,
    /// The person came back to this page.
    Focused,
    /// The person asks for a look.
    LookNow,
    /// What a look came to: the answer to [`WindowEffect::ReadLive`] and
    /// [`WindowEffect::ReadList`].
    Read(LinkVerdict),
    /// The person wants to wait on.
    KeepWaiting,
    /// The person gives up.
    Cancel,
    /// The session is gone.
    SessionEnded,
}

/// What to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WindowEffect {
    /// Read the provider by id, and judge what was read with this evidence.
    ReadLive(LinkEvidence),
    /// Read a list that is asked for after this moment, and judge what was
    /// read with this evidence.
    ReadList(LinkEvidence),
    /// Ask the deployment for its address (`GET /buildinfo`): the flow did not
    /// come back, as where this page was opened on another host. Asked once.
    ReadAccessUrl,
}

impl WindowFlow {
    /// A flow whose window has just opened.
    #[must_use]
    pub fn start(kind: WindowFlowKind, now: Duration) -> Self {
        Self {
            kind,
            phase: WindowPhase::Waiting,
            evidence: LinkEvidence::None,
            patient_until: now.saturating_add(PATIENCE),
            last_read: now,
            reading: false,
            read_again: false,
            focus_read: false,
            asked: false,
            list_read: false,
            address_read: false,
        }
    }

    /// Takes an event, and answers what to do now, if anything.
    #[must_use]
    pub fn handle(&mut self, event: WindowEvent, now: Duration) -> Option<WindowEffect> {
        if self.has_ended() {
            return None;
        }
        match event {
            WindowEvent::Tick {
                visible,
                seems_closed,
            } => self.tick(visible, seems_closed, now),
            WindowEvent::Focused => {
                let first = !self.focus_read;
                self.focus_read = true;
                (first || self.kind == WindowFlowKind::NewLink)
                    .then(|| self.read())
                    .flatten()
            }
            WindowEvent::Returned => {
                self.evidence = LinkEvidence::ReturnPage;
                self.read_anew()
            }
            WindowEvent::Hinted => self.read_anew(),
            WindowEvent::LookNow => {
                self.asked = true;
                self.read()
            }
            WindowEvent::Read(verdict) => self.judge(verdict, now),
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

    fn tick(&mut self, visible: bool, seems_closed: bool, now: Duration) -> Option<WindowEffect> {
        if now >= self.patient_until && self.phase == WindowPhase::Waiting {
            self.phase = WindowPhase::StillWaiting;
        }
        if !visible {
            return None;
        }
        let is_waiting = self.phase == WindowPhase::Waiting;
        let due = now >= self.last_read.saturating_add(GENTLE_INTERVAL);
        let looks = is_waiting && due && self.kind == WindowFlowKind::NewLink;
        let is_missing = seems_closed || !is_waiting;
        (looks.then(|| self.read()).flatten())
            .or_else(|| is_missing.then(|| self.read_address()).flatten())
    }

    fn judge(&mut self, verdict: LinkVerdict, now: Duration) -> Option<WindowEffect> {
        self.reading = false;
        self.last_read = now;
        let again = std::mem::take(&mut self.read_again);
        if verdict == LinkVerdict::Linked {
            return self.end(WindowPhase::Linked);
        }
        if again {
            return self.read();
        }
        // By-id cannot tell a link that the provider refuses from none.
        let came_back = self.evidence == LinkEvidence::ReturnPage;
        if verdict == LinkVerdict::NotLinked && came_back && !self.list_read {
            return Some(self.read_list());
        }
        let asked = std::mem::take(&mut self.asked);
        match verdict {
            LinkVerdict::Unusable => self.end(WindowPhase::Unusable),
            LinkVerdict::Works if asked => self.end(WindowPhase::Works),
            _ if asked => self.read_address(),
            _ => None,
        }
    }

    /// Where the flow stands.
    #[must_use]
    pub fn phase(&self) -> WindowPhase {
        self.phase
    }

    /// Whether it is over.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        !matches!(self.phase, WindowPhase::Waiting | WindowPhase::StillWaiting)
    }

    /// What is being read now may have been asked for too early.
    fn read_anew(&mut self) -> Option<WindowEffect> {
        self.read_again = self.reading;
        self.read()
    }

    fn read(&mut self) -> Option<WindowEffect> {
        if self.reading {
            return None;
        }
        match self.kind {
            WindowFlowKind::NewLink => {
                self.reading = true;
                Some(WindowEffect::ReadLive(self.evidence))
            }
            WindowFlowKind::Reauthentication => Some(self.read_list()),
        }
    }

    fn read_list(&mut self) -> WindowEffect {
        self.reading = true;
        self.list_read = true;
        WindowEffect::ReadList(self.evidence)
    }

    fn read_address(&mut self) -> Option<WindowEffect> {
        let is_news = !std::mem::replace(&mut self.address_read, true);
        is_news.then_some(WindowEffect::ReadAccessUrl)
    }

    fn end(&mut self, phase: WindowPhase) -> Option<WindowEffect> {
        self.phase = phase;
        None
    }
}

#[cfg(test)]
mod tests;
