use std::sync::Arc;
use std::time::Duration;

use crate::{
    LinkEvidence, LinkVerdict, SafeUrl, WindowEffect, WindowEnd, WindowEvent, WindowFlowKind,
    WindowPage, WindowPhase, WindowView, routes,
};

/// The least time between two automatic checks of a provider.
const AUTOMATIC_INTERVAL: Duration = Duration::from_secs(3);
/// How long the page checks automatically before it asks whether to
/// continue.
const PATIENCE: Duration = Duration::from_mins(5);

/// Waits for a redirect flow (RFC 6749 §4.1) that runs in another window:
/// events in, effects out.
///
/// Nothing that happens in another window ends the flow directly, except a
/// failure that the deployment shows there. A message, a focus, and a window
/// that seems closed are reasons to read. What was read is judged
/// ([`LinkVerdict`]). `now` is the time of a monotonic clock.
#[derive(Debug, Clone)]
pub struct WindowFlow {
    provider: Arc<str>,
    kind: WindowFlowKind,
    has_opened: bool,
    has_ended: bool,
    seems_closed: bool,
    /// Whether the page checks automatically. After a long wait it asks whether
    /// to continue.
    checks_automatically: bool,
    automatic_until: Duration,
    evidence: LinkEvidence,
    last_read: Duration,
    reading: bool,
    read_again: bool,
    focus_read: bool,
    /// Whether the person waits for the next answer.
    asked: bool,
    /// Whether the list was read because the answer by id contained no link
    /// after the return.
    list_read: bool,
    /// Whether the window was found at the deployment's page for the provider.
    return_seen: bool,
    /// Whether the deployment was asked for its address.
    address_read: bool,
    elsewhere: Option<SafeUrl>,
}

impl WindowFlow {
    /// A flow that starts now. `has_opened`: the browser opened the window.
    #[must_use]
    pub fn start(
        provider: Arc<str>,
        kind: WindowFlowKind,
        has_opened: bool,
        now: Duration,
    ) -> Self {
        Self {
            provider,
            kind,
            has_opened,
            has_ended: false,
            seems_closed: false,
            checks_automatically: true,
            automatic_until: now.saturating_add(PATIENCE),
            evidence: LinkEvidence::None,
            last_read: now,
            reading: false,
            read_again: false,
            focus_read: false,
            asked: false,
            list_read: false,
            return_seen: false,
            address_read: false,
            elsewhere: None,
        }
    }

    /// Processes an event, and returns what to do now, if anything.
    #[must_use]
    pub fn handle(&mut self, event: WindowEvent, now: Duration) -> Option<WindowEffect> {
        if self.has_ended {
            return None;
        }
        match event {
            WindowEvent::Tick {
                visible,
                seems_closed,
            } => {
                self.seems_closed = seems_closed;
                self.tick(visible, now)
            }
            WindowEvent::At(page) => self.see_page(&page),
            WindowEvent::Focused { seems_closed } => {
                self.seems_closed = seems_closed;
                let first = !std::mem::replace(&mut self.focus_read, true);
                (first || self.kind == WindowFlowKind::NewLink)
                    .then(|| self.read())
                    .flatten()
            }
            WindowEvent::Returned => self.see_return(),
            WindowEvent::Hinted => self.read_anew(),
            WindowEvent::CheckNow => {
                self.asked = true;
                self.read()
            }
            WindowEvent::Read(verdict) => self.judge(verdict, now),
            WindowEvent::ReadElsewhere(page) => {
                self.elsewhere = page;
                None
            }
            WindowEvent::KeepWaiting => {
                self.checks_automatically = true;
                self.automatic_until = now.saturating_add(PATIENCE);
                self.focus_read = false;
                self.read()
            }
            WindowEvent::Cancel => Some(self.end(WindowEnd::Cancelled)),
            WindowEvent::SessionEnded => Some(self.end(WindowEnd::SignedOut)),
        }
    }

    /// What to show. None when the flow is over.
    #[must_use]
    pub fn view(&self) -> Option<WindowView> {
        let phase = if !self.has_opened {
            WindowPhase::Blocked
        } else if self.checks_automatically {
            WindowPhase::Waiting {
                seems_closed: self.seems_closed,
            }
        } else {
            WindowPhase::StillWaiting
        };
        (!self.has_ended).then(|| WindowView {
            provider: Arc::clone(&self.provider),
            phase,
            elsewhere: self.elsewhere.clone(),
        })
    }

    fn tick(&mut self, visible: bool, now: Duration) -> Option<WindowEffect> {
        if now >= self.automatic_until {
            self.checks_automatically = false;
        }
        if !visible {
            return None;
        }
        let due = now >= self.last_read.saturating_add(AUTOMATIC_INTERVAL);
        let checks = self.checks_automatically && due && self.kind == WindowFlowKind::NewLink;
        let is_missing = self.seems_closed || !self.checks_automatically;
        (checks.then(|| self.read()).flatten())
            .or_else(|| is_missing.then(|| self.read_address()).flatten())
    }

    /// On failure the deployment shows JSON in the window. If no page of ours
    /// receives the window, it ends at the deployment's page for the provider,
    /// which reports nothing. That page counts once.
    fn see_page(&mut self, page: &WindowPage) -> Option<WindowEffect> {
        if let Some(words) = page.failure() {
            return Some(self.end(WindowEnd::Failed(words)));
        }
        let is_back = page.path == routes::provider_page(&self.provider);
        let is_news = is_back && !std::mem::replace(&mut self.return_seen, true);
        is_news.then(|| self.see_return()).flatten()
    }

    fn see_return(&mut self) -> Option<WindowEffect> {
        self.evidence = LinkEvidence::ReturnPage;
        self.read_anew()
    }

    fn judge(&mut self, verdict: LinkVerdict, now: Duration) -> Option<WindowEffect> {
        self.reading = false;
        self.last_read = now;
        let again = std::mem::take(&mut self.read_again);
        if verdict == LinkVerdict::Linked {
            return Some(self.end(WindowEnd::Linked));
        }
        if again {
            return self.read();
        }
        // The answer by id does not distinguish a refused link from no link.
        let came_back = self.evidence == LinkEvidence::ReturnPage;
        if verdict == LinkVerdict::NotLinked && came_back && !self.list_read {
            return Some(self.read_list());
        }
        let asked = std::mem::take(&mut self.asked);
        match verdict {
            LinkVerdict::Unusable => Some(self.end(WindowEnd::Unusable)),
            LinkVerdict::Works if asked => Some(self.end(WindowEnd::Works)),
            _ if asked => self.read_address(),
            _ => None,
        }
    }

    /// What is being read now may have been requested too early.
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

    fn end(&mut self, end: WindowEnd) -> WindowEffect {
        self.has_ended = true;
        WindowEffect::End(end)
    }
}

#[cfg(test)]
mod tests;
