use std::time::Duration;

use crate::wire::DeviceAuthorization;
use crate::{DeviceAnswer, LinkEvidence, LinkVerdict, Timestamp};

/// RFC 8628 §3.2: what counts when the server names no interval.
const DEFAULT_INTERVAL: Duration = Duration::from_secs(5);
/// RFC 8628 §3.5: what each `slow_down` adds, for good.
const SLOW_DOWN_STEP: Duration = Duration::from_secs(5);
/// Added to every wait: a provider that counts from the moment it answered
/// would see a poll that is on time to the millisecond as early.
const MARGIN: Duration = Duration::from_millis(500);
/// The longest wait after a failed poll (RFC 8628 §3.5 asks for exponential
/// backoff); a person who comes back should not wait for minutes.
const MAX_BACKOFF: Duration = Duration::from_mins(1);
/// What counts when the server does not say how long its code lives.
const DEFAULT_LIFETIME: Duration = Duration::from_mins(15);

/// An instant by two clocks.
///
/// Intervals are measured by the monotonic clock, which nobody sets: it may
/// stand still while the machine sleeps, which only makes a poll later. The
/// code's end is measured by both, because codes end while machines sleep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// `Date.now()`.
    pub wall: Timestamp,
    /// `performance.now()`, as a duration since the page began.
    pub monotonic: Duration,
}

/// The device authorization flow (RFC 8628 §3.3 to §3.5) for one provider:
/// events in, effects out.
///
/// [`handle`](Self::handle) is called for every [`DeviceEvent`], at the least
/// once a second with [`DeviceEvent::Tick`]; it answers with what to do.
#[derive(Debug, Clone)]
pub struct DeviceFlow {
    phase: Phase,
}

#[derive(Debug, Clone)]
enum Phase {
    Requesting,
    Polling(Polling),
    Confirming(DeviceEnd),
    Ended(DeviceEnd),
}

#[derive(Debug, Clone)]
struct Polling {
    authorization: DeviceAuthorization,
    interval: Duration,
    /// Polls in a row that brought no answer of the provider's.
    failures: u32,
    slowed_down: bool,
    next_poll: Duration,
    ends_wall: Timestamp,
    ends_monotonic: Duration,
    in_flight: bool,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeviceEvent {
    /// Time went by; or the page came into sight, or the machine woke up.
    Tick,
    /// The answer to [`DeviceEffect::RequestCode`].
    CodeReceived(DeviceAuthorization),
    /// [`DeviceEffect::RequestCode`] failed, for this reason, redacted.
    CodeRefused(String),
    /// The answer to [`DeviceEffect::Poll`].
    PollAnswered(DeviceAnswer),
    /// The answer to [`DeviceEffect::Confirm`].
    Confirmed(LinkVerdict),
    /// The account was seen to be linked: another tab did it.
    LinkSeen,
    /// The session is gone.
    SessionEnded,
}

/// What to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeviceEffect {
    /// Ask for a code: `GET /external-auth/{id}/device`.
    RequestCode,
    /// Ask whether the person has finished, with this secret code:
    /// `POST /external-auth/{id}/device`.
    Poll {
        /// Never shown, logged, stored or put in a URL.
        device_code: String,
    },
    /// Read whether the account was linked, before an end is called one: the
    /// answer to the poll that succeeded may have been lost. What was read is
    /// judged with this evidence ([`LinkVerdict::of`]).
    Confirm(LinkEvidence),
}

/// How a flow ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeviceEnd {
    /// The account is linked.
    Linked,
    /// The person refused at the provider.
    Denied,
    /// The code ended before the person finished.
    Expired,
    /// The provider gave no code.
    NoCode,
    /// Something else; the reason is redacted.
    Failed(String),
    /// The provider knows the code no longer, as after an exchange whose answer
    /// was lost, and the link works: whether it was linked again is not known.
    /// The reason is redacted.
    Unconfirmed(String),
    /// The session is gone.
    SignedOut,
}

/// What a person is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeviceView<'a> {
    /// A code is on its way.
    Requesting,
    /// The code is to be typed in at the provider.
    Waiting {
        /// What to type, and where.
        authorization: &'a DeviceAuthorization,
        /// How polling goes.
        polling: PollingHealth,
    },
    /// The end is being made sure of.
    Confirming,
    /// It is over.
    Ended(&'a DeviceEnd),
}

/// How polling goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PollingHealth {
    /// As it should.
    Good,
    /// The provider asked for longer waits.
    SlowedDown,
    /// The last polls brought no answer.
    Failing,
}

impl DeviceFlow {
    /// A flow at its beginning. The first thing to do is
    /// [`DeviceEffect::RequestCode`].
    #[must_use]
    pub fn start() -> (Self, DeviceEffect) {
        let flow = Self {
            phase: Phase::Requesting,
        };
        (flow, DeviceEffect::RequestCode)
    }

    /// Takes an event, and answers what to do now, if anything. An event that
    /// the flow does not wait for changes nothing.
    pub fn handle(&mut self, event: DeviceEvent, now: Moment) -> Option<DeviceEffect> {
        let (phase, effect) = match (&mut self.phase, event) {
            (Phase::Ended(_), _) => return None,
            (_, DeviceEvent::SessionEnded) => (Phase::Ended(DeviceEnd::SignedOut), None),
            (_, DeviceEvent::LinkSeen) => (Phase::Ended(DeviceEnd::Linked), None),
            (Phase::Requesting, DeviceEvent::CodeReceived(authorization))
                if !authorization.has_code() =>
            {
                (Phase::Ended(DeviceEnd::NoCode), None)
            }
            (Phase::Requesting, DeviceEvent::CodeReceived(authorization)) => {
                (Phase::Polling(Polling::begin(authorization, now)), None)
            }
            (Phase::Requesting, DeviceEvent::CodeRefused(reason)) => {
                (Phase::Ended(DeviceEnd::Failed(reason)), None)
            }
            (Phase::Polling(polling), DeviceEvent::Tick) => {
                if polling.in_flight {
                    return None;
                }
                if polling.time_left(now).is_zero() {
                    confirm(DeviceEnd::Expired)
                } else {
                    return polling.poll_if_due(now);
                }
            }
            (Phase::Polling(polling), DeviceEvent::PollAnswered(answer)) if polling.in_flight => {
                polling.in_flight = false;
                match answer {
                    DeviceAnswer::Linked => (Phase::Ended(DeviceEnd::Linked), None),
                    DeviceAnswer::Unauthorized => (Phase::Ended(DeviceEnd::SignedOut), None),
                    DeviceAnswer::AccessDenied => confirm(DeviceEnd::Denied),
                    DeviceAnswer::ExpiredToken => confirm(DeviceEnd::Expired),
                    DeviceAnswer::Refused(reason) => confirm(DeviceEnd::Failed(reason)),
                    DeviceAnswer::AuthorizationPending => {
                        polling.answered(now);
                        return None;
                    }
                    DeviceAnswer::SlowDown => {
                        polling.interval = polling.interval.saturating_add(SLOW_DOWN_STEP);
                        polling.slowed_down = true;
                        polling.answered(now);
                        return None;
                    }
                    DeviceAnswer::Passing(retry_after) => {
                        polling.failed(retry_after, now);
                        return None;
                    }
                }
            }
            (Phase::Confirming(end), DeviceEvent::Confirmed(verdict)) => {
                let end = match (verdict, end) {
                    (LinkVerdict::Linked, _) => DeviceEnd::Linked,
                    (LinkVerdict::Works, DeviceEnd::Failed(reason)) => {
                        DeviceEnd::Unconfirmed(reason.clone())
                    }
                    (_, end) => end.clone(),
                };
                (Phase::Ended(end), None)
            }
            _ => return None,
        };
        self.phase = phase;
        effect
    }

    /// What to show.
    #[must_use]
    pub fn view(&self) -> DeviceView<'_> {
        match &self.phase {
            Phase::Requesting => DeviceView::Requesting,
            Phase::Polling(polling) => DeviceView::Waiting {
                authorization: &polling.authorization,
                polling: if polling.failures > 0 {
                    PollingHealth::Failing
                } else if polling.slowed_down {
                    PollingHealth::SlowedDown
                } else {
                    PollingHealth::Good
                },
            },
            Phase::Confirming(_) => DeviceView::Confirming,
            Phase::Ended(end) => DeviceView::Ended(end),
        }
    }

    /// How long the code is still good for; none when there is no code.
    #[must_use]
    pub fn time_left(&self, now: Moment) -> Option<Duration> {
        match &self.phase {
            Phase::Polling(polling) => Some(polling.time_left(now)),
            _ => None,
        }
    }
}

fn confirm(end: DeviceEnd) -> (Phase, Option<DeviceEffect>) {
    let evidence = match end {
        DeviceEnd::Denied | DeviceEnd::Expired => LinkEvidence::Refused,
        _ => LinkEvidence::None,
    };
    (
        Phase::Confirming(end),
        Some(DeviceEffect::Confirm(evidence)),
    )
}

impl Polling {
    fn begin(authorization: DeviceAuthorization, now: Moment) -> Self {
        let interval = seconds_or(authorization.interval, DEFAULT_INTERVAL);
        let lifetime = seconds_or(authorization.expires_in, DEFAULT_LIFETIME);
        let lifetime_ms = i64::try_from(lifetime.as_millis()).unwrap_or(i64::MAX);
        let mut polling = Self {
            authorization,
            interval,
            failures: 0,
            slowed_down: false,
            next_poll: Duration::ZERO,
            ends_wall: now.wall.plus_ms(lifetime_ms),
            ends_monotonic: now.monotonic.saturating_add(lifetime),
            in_flight: false,
        };
        polling.wait(interval, now);
        polling
    }

    fn time_left(&self, now: Moment) -> Duration {
        let wall_ms = u64::try_from(self.ends_wall.ms_since(now.wall)).unwrap_or_default();
        let monotonic = self.ends_monotonic.saturating_sub(now.monotonic);
        monotonic.min(Duration::from_millis(wall_ms))
    }

    fn poll_if_due(&mut self, now: Moment) -> Option<DeviceEffect> {
        if now.monotonic < self.next_poll {
            return None;
        }
        self.in_flight = true;
        Some(DeviceEffect::Poll {
            device_code: self.authorization.device_code.clone(),
        })
    }

    fn answered(&mut self, now: Moment) {
        self.failures = 0;
        self.wait(self.interval, now);
    }

    fn failed(&mut self, retry_after: Option<Duration>, now: Moment) {
        self.failures = self.failures.saturating_add(1);
        let doubled = self
            .interval
            .saturating_mul(2_u32.saturating_pow(self.failures));
        let backoff = doubled.min(MAX_BACKOFF.max(self.interval));
        self.wait(backoff.max(retry_after.unwrap_or_default()), now);
    }

    fn wait(&mut self, wait: Duration, now: Moment) {
        self.next_poll = now.monotonic.saturating_add(wait).saturating_add(MARGIN);
    }
}

impl DeviceEnd {
    /// Whether a new code can help.
    #[must_use]
    pub fn can_be_renewed(&self) -> bool {
        matches!(
            self,
            Self::Denied | Self::Expired | Self::NoCode | Self::Failed(_) | Self::Unconfirmed(_)
        )
    }
}

fn seconds_or(seconds: u64, default: Duration) -> Duration {
    if seconds == 0 {
        default
    } else {
        Duration::from_secs(seconds)
    }
}

#[cfg(test)]
mod tests;
