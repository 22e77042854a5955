use std::fmt;

use external_auth_core::Timestamp;
use serde::{Serialize, Serializer};

const DAY_MS: i64 = 86_400_000;

/// An instant as Go writes it in JSON: RFC 3339 in UTC, with a fraction without
/// trailing zeros, or without a fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Time(pub(crate) Timestamp);

impl fmt::Display for Time {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unix_ms = self.0.unix_ms();
        let (year, month, day) = date(unix_ms.div_euclid(DAY_MS));
        let ms = unix_ms.rem_euclid(DAY_MS);
        write!(
            formatter,
            "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}",
            ms / 3_600_000,
            ms / 60_000 % 60,
            ms / 1000 % 60,
        )?;
        let fraction = format!("{:03}", ms % 1000);
        let fraction = fraction.trim_end_matches('0');
        if !fraction.is_empty() {
            write!(formatter, ".{fraction}")?;
        }
        formatter.write_str("Z")
    }
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The year, month and day of a number of days after 1970-01-01.
fn date(days: i64) -> (i64, i64, i64) {
    let is_leap = |year: i64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    // Whole calendar cycles are skipped, so that the loop below is short.
    let mut year = 1970 + days.div_euclid(146_097) * 400;
    let mut left = days.rem_euclid(146_097);
    loop {
        let days_in_year = if is_leap(year) { 366 } else { 365 };
        if left < days_in_year {
            break;
        }
        left -= days_in_year;
        year += 1;
    }
    let february = if is_leap(year) { 29 } else { 28 };
    let mut month = 1;
    for days_in_month in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30] {
        if left < days_in_month {
            break;
        }
        left -= days_in_month;
        month += 1;
    }
    (year, month, left + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_written_as_go_does() {
        for (unix_ms, written) in [
            (0, "1970-01-01T00:00:00Z"),
            (-1, "1969-12-31T23:59:59.999Z"),
            (951_827_696_120, "2000-02-29T12:34:56.12Z"),
            (1_709_251_199_001, "2024-02-29T23:59:59.001Z"),
            (1_780_317_045_100, "2026-06-01T12:30:45.1Z"),
            (4_107_542_400_000, "2100-03-01T00:00:00Z"),
        ] {
            assert_eq!(Time(Timestamp::from_unix_ms(unix_ms)).to_string(), written);
        }
    }
}
