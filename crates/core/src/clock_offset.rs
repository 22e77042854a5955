use crate::Timestamp;

/// What an answer takes on its way, and the second that `Date` is rounded to:
/// a difference below this says nothing against a clock.
const UNSURE_MS: i64 = 10_000;

/// By how many milliseconds this computer's clock is behind the server's, from
/// the `Date` header of an answer (RFC 9110 §6.6.1) that arrived at `now`.
///
/// A clock that is about right is left alone, so that the times on the page do
/// not shake with the network.
#[must_use]
pub fn clock_offset(date: Timestamp, now: Timestamp) -> i64 {
    let behind = date.ms_since(now);
    if behind.abs() < UNSURE_MS { 0 } else { behind }
}

#[cfg(test)]
mod tests {
    use super::clock_offset;
    use crate::Timestamp;

    #[test]
    fn a_clock_that_is_off_is_noticed_and_one_that_is_not_left_alone() {
        const NOW: Timestamp = Timestamp::from_unix_ms(1_780_000_000_000);
        for (behind_ms, offset) in [
            (0, 0),
            (-9_999, 0),
            (9_999, 0),
            (10_000, 10_000),
            (-7_200_000, -7_200_000),
        ] {
            assert_eq!(clock_offset(NOW.plus_ms(behind_ms), NOW), offset);
        }
    }
}
