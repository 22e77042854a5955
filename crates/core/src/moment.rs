use std::time::Duration;

use crate::Timestamp;

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
