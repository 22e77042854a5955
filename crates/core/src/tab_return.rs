use std::time::Duration;

use crate::Moment;

/// After being away as long, what is on the page may be old.
const AWAY: Duration = Duration::from_mins(5);
/// The same where something needs attention: that may be why the person left.
const AWAY_TO_MEND: Duration = Duration::from_mins(1);

/// The person comes back to the tab. While they were away they may have linked
/// something in the dashboard, or in a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TabReturn {
    /// For how long they were away.
    pub away: Duration,
    /// Whether a provider needs attention.
    pub needs_attention: bool,
    /// Whether a list is being loaded, or an account is being linked, which
    /// reads what it changes by itself.
    pub is_busy: bool,
    /// Whether there is a session, as far as is known.
    pub has_session: bool,
}

impl TabReturn {
    /// Whether the list is worth its cost, which is one request of the
    /// deployment to each provider that is linked.
    #[must_use]
    pub fn is_worth_a_list(self) -> bool {
        let long = if self.needs_attention {
            AWAY_TO_MEND
        } else {
            AWAY
        };
        self.has_session && !self.is_busy && self.away >= long
    }

    /// How long a person was away who left at `left` and is back `now`. The
    /// wall clock may be set, and the other one may stand while the machine
    /// sleeps: the one that says more is right.
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
    fn a_return_is_worth_a_list_after_minutes_away() {
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
            assert_eq!(tab_return.is_worth_a_list(), worth, "{tab_return:?}");
        }
    }

    #[test]
    fn neither_sleep_nor_a_clock_that_is_set_back_shortens_the_time_away() {
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
