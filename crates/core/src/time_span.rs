/// Converts `ms` milliseconds to the largest unit that gives a count of one or
/// more, rounded: two minutes less than 3 days are 3 days, not 2. The units are
/// those of `Intl.RelativeTimeFormat`. The count has the sign of `ms`: a span
/// in the past is negative.
#[must_use]
pub fn in_largest_unit(ms: i64) -> (i64, &'static str) {
    const DAY_MS: i64 = 86_400_000;
    // Each unit with its length in milliseconds, and the count at which the
    // next unit begins.
    const UNITS: [(&str, i64, i64); 4] = [
        ("minute", 60_000, 60),
        ("hour", 3_600_000, 24),
        ("day", DAY_MS, 30),
        ("month", 30 * DAY_MS, 12),
    ];
    UNITS
        .into_iter()
        .map(|(unit, unit_ms, limit)| (rounded(ms, unit_ms), unit, limit))
        .find(|(count, _, limit)| count.abs() < *limit)
        .map_or((rounded(ms, 365 * DAY_MS), "year"), |(count, unit, _)| {
            (count, unit)
        })
}

fn rounded(ms: i64, unit_ms: i64) -> i64 {
    ms.signum() * (ms.saturating_abs().saturating_add(unit_ms / 2) / unit_ms)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::in_largest_unit;

    #[test]
    fn spans_are_rounded_in_the_largest_fitting_unit() {
        const MINUTE: i64 = 60_000;
        const DAY: i64 = 24 * 60 * MINUTE;
        for (ms, words) in [
            (0, (0, "minute")),
            (29_000, (0, "minute")),
            (-31_000, (-1, "minute")),
            (59 * MINUTE, (59, "minute")),
            (59 * MINUTE + 30_000, (1, "hour")),
            (100 * MINUTE, (2, "hour")),
            (-23 * 60 * MINUTE, (-23, "hour")),
            (3 * DAY - 2 * MINUTE, (3, "day")),
            (29 * DAY + DAY / 2, (1, "month")),
            (-355 * DAY, (-1, "year")),
            (800 * DAY, (2, "year")),
        ] {
            assert_eq!(in_largest_unit(ms), words, "{ms}");
        }
    }

    proptest! {
        #[test]
        fn a_longer_span_never_has_a_shorter_result(ms in 0..i64::MAX / 2, more in 0..86_400_000_000_i64) {
            let days = |(count, unit): (i64, &str)| count * match unit {
                "minute" => 1,
                "hour" => 60,
                "day" => 1_440,
                "month" => 43_200,
                _ => 525_600,
            };
            prop_assert!(days(in_largest_unit(ms)) <= days(in_largest_unit(ms + more)));
        }
    }
}
