use std::time::Duration;

use crate::wire::DeviceAuthorization;
use crate::{DeviceEffect, DeviceView, Moment, PollingHealth, Timestamp};

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
/// A number that is larger than these is no interval and no lifetime: with it,
/// the flow would never poll, or never end.
const MAX_INTERVAL: Duration = Duration::from_mins(5);
const MAX_LIFETIME: Duration = Duration::from_hours(24);

/// Polling for the token of one device code (RFC 8628 §3.4, §3.5).
#[derive(Debug, Clone)]
pub(crate) struct Polling {
    authorization: DeviceAuthorization,
    interval: Duration,
    /// How many polls in a row brought no answer of the provider.
    failures: u32,
    slowed_down: bool,
    next_poll: Duration,
    ends_wall: Timestamp,
    ends_monotonic: Duration,
    /// Whether a poll is on its way: there is one at a time.
    pub(crate) in_flight: bool,
}

impl Polling {
    /// Begins with a code that was given `now`.
    pub(crate) fn begin(authorization: DeviceAuthorization, now: Moment) -> Self {
        let interval = seconds_or(authorization.interval, DEFAULT_INTERVAL).min(MAX_INTERVAL);
        let lifetime = seconds_or(authorization.expires_in, DEFAULT_LIFETIME).min(MAX_LIFETIME);
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

    /// How long the code is still good for.
    pub(crate) fn time_left(&self, now: Moment) -> Duration {
        let wall_ms = u64::try_from(self.ends_wall.ms_since(now.wall)).unwrap_or_default();
        let monotonic = self.ends_monotonic.saturating_sub(now.monotonic);
        monotonic.min(Duration::from_millis(wall_ms))
    }

    /// Asks for a poll, once its time has come.
    pub(crate) fn poll_if_due(&mut self, now: Moment) -> Option<DeviceEffect> {
        if now.monotonic < self.next_poll {
            return None;
        }
        self.in_flight = true;
        Some(DeviceEffect::Poll {
            device_code: self.authorization.device_code.clone(),
        })
    }

    /// The provider asks for longer waits.
    pub(crate) fn slow_down(&mut self, now: Moment) {
        self.interval = self.interval.saturating_add(SLOW_DOWN_STEP);
        self.slowed_down = true;
        self.answered(now);
    }

    /// What a person is shown meanwhile.
    pub(crate) fn view(&self) -> DeviceView {
        DeviceView::Waiting {
            user_code: self.authorization.user_code.clone(),
            verification_uri: self.authorization.verification_uri.clone(),
            health: if self.failures > 0 {
                PollingHealth::Failing
            } else if self.slowed_down {
                PollingHealth::SlowedDown
            } else {
                PollingHealth::Good
            },
        }
    }

    /// The provider has answered that it waits: the next poll comes after the
    /// interval, which counts from this answer.
    pub(crate) fn answered(&mut self, now: Moment) {
        self.failures = 0;
        self.wait(self.interval, now);
    }

    /// A poll brought no answer of the provider: the wait doubles.
    pub(crate) fn failed(&mut self, retry_after: Option<Duration>, now: Moment) {
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

fn seconds_or(seconds: u64, default: Duration) -> Duration {
    if seconds == 0 {
        default
    } else {
        Duration::from_secs(seconds)
    }
}
