use std::time::Duration;

use crate::polling::Polling;
use crate::{
    Acquire, DeviceAnswer, DeviceEffect, DeviceEnd, DeviceEvent, DeviceView, LinkEvidence,
    LinkVerdict, LockNews, Moment,
};

/// The device authorization flow (RFC 8628 §3.3 to §3.5) for one provider,
/// with the polling lock, which one tab has at a time: events in, effects
/// out.
///
/// [`handle`](Self::handle) is called for every [`DeviceEvent`], and at
/// least once a second with [`DeviceEvent::Tick`]. It returns what to do.
#[derive(Debug, Clone)]
pub struct DeviceFlow {
    phase: Phase,
    /// Counts the requested codes, and the ends that came from outside.
    attempt: u64,
    is_closed: bool,
}

#[derive(Debug, Clone)]
enum Phase {
    Acquiring,
    InAnotherTab,
    OtherTabStopped,
    Requesting,
    Polling(Polling),
    Confirming(DeviceEnd),
    Ended(DeviceEnd),
}

/// The effect in the next phase. None if the phase stays.
type Step = (Option<Phase>, Option<DeviceEffect>);

const NOTHING: Step = (None, None);

impl DeviceFlow {
    /// A new flow, and its first effect.
    #[must_use]
    pub fn start() -> (Self, DeviceEffect) {
        let flow = Self {
            phase: Phase::Acquiring,
            attempt: 0,
            is_closed: false,
        };
        (flow, DeviceEffect::AcquireLock(Acquire::IfFree))
    }

    /// The number of the current code. An answer to a request for an earlier
    /// code is passed to [`answer`](Self::answer) with that code's number.
    #[must_use]
    pub fn attempt(&self) -> u64 {
        self.attempt
    }

    /// Processes the answer to a request of this attempt. An answer to an
    /// earlier attempt counts only if it says that the account is linked.
    pub fn answer(
        &mut self,
        attempt: u64,
        answer: DeviceEvent,
        now: Moment,
    ) -> Option<DeviceEffect> {
        let is_link = answer == DeviceEvent::PollAnswered(DeviceAnswer::Linked);
        if is_link && self.is_closed {
            return Some(DeviceEffect::FinishLate);
        }
        (is_link || attempt == self.attempt)
            .then(|| self.handle(answer, now))
            .flatten()
    }

    /// Processes an event, and returns what to do now, if anything. An event
    /// that the flow does not wait for changes nothing.
    pub fn handle(&mut self, event: DeviceEvent, now: Moment) -> Option<DeviceEffect> {
        if self.is_closed {
            return None;
        }
        let exchanged = event == DeviceEvent::PollAnswered(DeviceAnswer::Linked);
        let (phase, effect) = match event {
            DeviceEvent::Close => {
                self.is_closed = true;
                self.attempt += 1;
                return Some(DeviceEffect::ReleaseLock);
            }
            DeviceEvent::Hinted(evidence) => return Some(DeviceEffect::ReadAfterHint(evidence)),
            DeviceEvent::Renew | DeviceEvent::TakeOver => self.acquire(&event),
            // Another tab has finished what this one could not confirm.
            DeviceEvent::HintRead(LinkVerdict::Linked)
                if matches!(self.phase, Phase::Ended(DeviceEnd::Unconfirmed(_))) =>
            {
                end(DeviceEnd::Linked)
            }
            _ if matches!(self.phase, Phase::Ended(_)) => NOTHING,
            DeviceEvent::SessionEnded => end(DeviceEnd::SignedOut),
            DeviceEvent::Lock(news) => self.take_news(news),
            DeviceEvent::HintRead(verdict) => self.judge_hint(verdict),
            DeviceEvent::PollAnswered(DeviceAnswer::Linked) => end(DeviceEnd::Linked),
            event => self.handle_request(event, now),
        };
        let is_over = matches!(phase, Some(Phase::Ended(_)));
        let is_linked = matches!(phase, Some(Phase::Ended(DeviceEnd::Linked)));
        if let Some(phase) = phase {
            self.phase = phase;
        }
        if is_linked {
            Some(DeviceEffect::Finish { exchanged })
        } else if is_over {
            Some(DeviceEffect::ReleaseLock)
        } else {
            effect
        }
    }

    /// What to show.
    #[must_use]
    pub fn view(&self) -> DeviceView {
        match &self.phase {
            Phase::Acquiring | Phase::Requesting => DeviceView::Requesting,
            Phase::InAnotherTab => DeviceView::InAnotherTab,
            Phase::OtherTabStopped => DeviceView::OtherTabStopped,
            Phase::Polling(polling) => polling.view(),
            Phase::Confirming(_) => DeviceView::Confirming,
            Phase::Ended(end) => DeviceView::Ended(end.clone()),
        }
    }

    /// How long the code is still valid. None if there is no code.
    #[must_use]
    pub fn time_left(&self, now: Moment) -> Option<Duration> {
        match &self.phase {
            Phase::Polling(polling) => Some(polling.time_left(now)),
            _ => None,
        }
    }

    /// The person asks for the polling lock, if this is offered.
    fn acquire(&self, event: &DeviceEvent) -> Step {
        let acquire = match (&self.phase, event) {
            (Phase::Ended(end), DeviceEvent::Renew) if end.can_be_renewed() => Acquire::IfFree,
            (Phase::OtherTabStopped, DeviceEvent::Renew) => Acquire::IfFree,
            (Phase::InAnotherTab, DeviceEvent::TakeOver) => Acquire::Steal,
            _ => return NOTHING,
        };
        let effect = DeviceEffect::AcquireLock(acquire);
        (Some(Phase::Acquiring), Some(effect))
    }

    fn take_news(&mut self, news: LockNews) -> Step {
        match news {
            LockNews::Granted => {
                self.attempt += 1;
                (Some(Phase::Requesting), Some(DeviceEffect::RequestCode))
            }
            LockNews::HeldElsewhere => {
                self.attempt += 1;
                (Some(Phase::InAnotherTab), None)
            }
            // After a wait the person may be elsewhere, and a new code would only
            // expire.
            LockNews::Free => (Some(Phase::OtherTabStopped), None),
        }
    }

    fn judge_hint(&self, verdict: LinkVerdict) -> Step {
        let waits_for_another_tab =
            matches!(self.phase, Phase::InAnotherTab | Phase::OtherTabStopped);
        match verdict {
            LinkVerdict::Linked => end(DeviceEnd::Linked),
            LinkVerdict::Works if waits_for_another_tab => {
                end(DeviceEnd::Unconfirmed(String::new()))
            }
            _ => NOTHING,
        }
    }

    fn handle_request(&mut self, event: DeviceEvent, now: Moment) -> Step {
        match (&mut self.phase, event) {
            (Phase::Requesting, DeviceEvent::CodeReceived(authorization)) => {
                if authorization.has_code() {
                    let polling = Polling::begin(authorization, now);
                    (Some(Phase::Polling(polling)), None)
                } else {
                    end(DeviceEnd::NoCode)
                }
            }
            (Phase::Requesting, DeviceEvent::CodeRefused(error)) => {
                end(DeviceEnd::CodeRefused(error))
            }
            (Phase::Polling(polling), DeviceEvent::Tick) if !polling.in_flight => {
                if polling.time_left(now).is_zero() {
                    confirm(DeviceEnd::Expired)
                } else {
                    (None, polling.poll_if_due(now))
                }
            }
            (Phase::Polling(polling), DeviceEvent::PollAnswered(answer)) if polling.in_flight => {
                polling.in_flight = false;
                take_answer(polling, answer, now)
            }
            (Phase::Confirming(unconfirmed), DeviceEvent::Confirmed(verdict)) => {
                end(match (verdict, &*unconfirmed) {
                    (LinkVerdict::Linked, _) => DeviceEnd::Linked,
                    (LinkVerdict::Works, DeviceEnd::Failed(reason)) => {
                        DeviceEnd::Unconfirmed(reason.clone())
                    }
                    (_, unconfirmed) => unconfirmed.clone(),
                })
            }
            _ => NOTHING,
        }
    }
}

fn take_answer(polling: &mut Polling, answer: DeviceAnswer, now: Moment) -> Step {
    match answer {
        DeviceAnswer::Linked => return end(DeviceEnd::Linked),
        DeviceAnswer::Unauthorized => return end(DeviceEnd::SignedOut),
        DeviceAnswer::AccessDenied => return confirm(DeviceEnd::Denied),
        DeviceAnswer::ExpiredToken => return confirm(DeviceEnd::Expired),
        DeviceAnswer::Refused(reason) => return confirm(DeviceEnd::Failed(reason)),
        DeviceAnswer::AuthorizationPending => polling.answered(now),
        DeviceAnswer::SlowDown => polling.slow_down(now),
        DeviceAnswer::Transient(retry_after) => polling.failed(retry_after, now),
    }
    NOTHING
}

fn end(end: DeviceEnd) -> Step {
    (Some(Phase::Ended(end)), None)
}

fn confirm(end: DeviceEnd) -> Step {
    let evidence = match end {
        DeviceEnd::Denied | DeviceEnd::Expired => LinkEvidence::Refused,
        _ => LinkEvidence::None,
    };
    let effect = DeviceEffect::Confirm(evidence);
    (Some(Phase::Confirming(end)), Some(effect))
}

#[cfg(test)]
mod tests;
