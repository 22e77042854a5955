use std::time::Duration;

use crate::Moment;

/// After this time away, the page may be out of date.
const AWAY: Duration = Duration::from_mins(5);
/// The time away if a provider needs attention: the person may have left to
/// repair it.
const AWAY_TO_REPAIR: Duration = Duration::from_mins(1);

/// A person's return to the tab. While away, they may have linked an account in
/// the dashboard or in a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TabReturn {
    /// How long the person was away.
    pub away: Duration,
    /// Whether a provider needs attention.
    pub needs_attention: bool,
    /// Whether a list is being loaded, or an account is being linked; a linking
    /// flow reads its result itself.
    pub is_busy: bool,
    /// Whether the session is not known to have ended.
    pub has_session: bool,
}

impl TabReturn {
    /// Whether to read the list. It costs one request of the deployment to each
    /// linked provider.
    #[must_use]
    pub fn should_read_list(self) -> bool {
        let long = if self.needs_attention {
            AWAY_TO_REPAIR
        } else {
            AWAY
        };
        self.has_session && !self.is_busy && self.away >= long
    }

    /// How long a person was away between `left` and `now`. The wall clock may
    /// be set back, and the monotonic clock may stop while the machine sleeps,
    /// so the longer of both spans counts.
    #[must_use]
    pub fn away(left: Moment, now: Moment) -> Duration {
        let by_wall = u64::try_from(now.wall.ms_since(left.wall)).unwrap_or_default();
        let by_monotonic = now.monotonic.saturating_sub(left.monotonic);
        by_monotonic.max(Duration::from_millis(by_wall))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Timestamp;

    #[test]
    fn reads_the_list_after_minutes_away() {
        for (seconds, needs_attention, is_busy, has_session, worth) in [
            (0, false, false, true, false),
            (299, false, false, true, false),
            (300, false, false, true, true),
            (86_400, false, false, true, true),
            (59, true, false, true, false),
            (60, true, false, true, true),
            (300, false, true, true, false),
            (300, true, true, true, false),
            (300, false, false, false, false),
            (300, true, false, false, false),
            (300, true, true, false, false),
        ] {
            let tab_return = TabReturn {
                away: Duration::from_secs(seconds),
                needs_attention,
                is_busy,
                has_session,
            };
            assert_eq!(tab_return.should_read_list(), worth, "{tab_return:?}");
        }
    }

    #[test]
    fn sleep_and_a_clock_that_is_set_back_do_not_shorten_the_time_away() {
        let at = |wall_ms, monotonic_ms| Moment {
            wall: Timestamp::from_unix_ms(wall_ms),
            monotonic: Duration::from_millis(monotonic_ms),
        };
        for (left, now, away) in [
            (at(1_000, 0), at(4_000, 3_000), 3_000),
            (at(1_000, 0), at(901_000, 3_000), 900_000),
            (at(900_000, 0), at(1_000, 3_000), 3_000),
            (at(5_000, 2_000), at(5_000, 2_000), 0),
        ] {
            assert_eq!(TabReturn::away(left, now), Duration::from_millis(away));
        }
    }
}
