use std::fmt;

use serde::{Serialize, Serializer};

const MS_PER_DAY: i64 = 86_400_000;

/// An instant, in milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The instant that is `ms` milliseconds after 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn from_unix_ms(ms: i64) -> Self {
        Self(ms)
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn unix_ms(self) -> i64 {
        self.0
    }

    /// Milliseconds from `earlier` to this instant; negative when it is later.
    #[must_use]
    pub const fn ms_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// The instant `ms` milliseconds after this one.
    #[must_use]
    pub const fn plus_ms(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    /// Whether this is in the year 1. Go writes its zero time so, which means
    /// "no time".
    pub(crate) const fn is_year_one(self) -> bool {
        self.0 < (days_from_civil(2, 1, 1)) * MS_PER_DAY
    }

    /// The year, the month (1 for January), the day, and the minute of the day, in UTC.
    pub(crate) const fn civil(self) -> (i64, i64, i64, i64) {
        let (year, month, day) = civil_from_days(self.0.div_euclid(MS_PER_DAY));
        (year, month, day, self.0.rem_euclid(MS_PER_DAY) / 60_000)
    }

    /// Parses a date and time of RFC 3339 §5.6. Digits beyond milliseconds are
    /// dropped. A leap second becomes the last millisecond of its minute.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut rest = text.as_bytes();
        let year = digits(&mut rest, 4)?;
        literal(&mut rest, b"-")?;
        let month = digits(&mut rest, 2)?;
        literal(&mut rest, b"-")?;
        let day = digits(&mut rest, 2)?;
        literal(&mut rest, b"Tt ")?;
        let hour = digits(&mut rest, 2)?;
        literal(&mut rest, b":")?;
        let minute = digits(&mut rest, 2)?;
        literal(&mut rest, b":")?;
        let second = digits(&mut rest, 2)?;
        let fraction_ms = fraction(&mut rest)?;
        let offset_minutes = offset(rest)?;

        let in_range = (1..=12).contains(&month)
            && (1..=days_in_month(year, month)).contains(&day)
            && hour < 24
            && minute < 60
            && second <= 60;
        if !in_range {
            return None;
        }
        let (second, fraction_ms) = if second == 60 {
            (59, 999)
        } else {
            (second, fraction_ms)
        };
        let minutes = hour * 60 + minute - offset_minutes;
        Some(Self(
            days_from_civil(year, month, day) * MS_PER_DAY
                + (minutes * 60 + second) * 1000
                + fraction_ms,
        ))
    }
}

/// Writes RFC 3339 in UTC, with milliseconds.
impl fmt::Display for Timestamp {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = civil_from_days(self.0.div_euclid(MS_PER_DAY));
        let ms = self.0.rem_euclid(MS_PER_DAY);
        write!(
            formatter,
            "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}.{:03}Z",
            ms / 3_600_000,
            ms / 60_000 % 60,
            ms / 1000 % 60,
            ms % 1000
        )
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Reads `count` ASCII digits.
fn digits(rest: &mut &[u8], count: usize) -> Option<i64> {
    let (head, tail) = rest.split_at_checked(count)?;
    let number = head.iter().try_fold(0, |number, byte| {
        byte.is_ascii_digit()
            .then(|| number * 10 + i64::from(byte - b'0'))
    })?;
    *rest = tail;
    Some(number)
}

/// Reads one byte that is among `allowed`, and returns it.
fn literal(rest: &mut &[u8], allowed: &[u8]) -> Option<u8> {
    let (&byte, tail) = rest.split_first()?;
    *rest = tail;
    allowed.contains(&byte).then_some(byte)
}

/// Reads an optional fraction of a second, in milliseconds.
fn fraction(rest: &mut &[u8]) -> Option<i64> {
    let Some(after_point) = rest.strip_prefix(b".") else {
        return Some(0);
    };
    let count = after_point
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    if count == 0 {
        return None;
    }
    let (digits, tail) = after_point.split_at(count);
    *rest = tail;
    Some(
        [100, 10, 1]
            .iter()
            .zip(digits)
            .map(|(weight, digit)| weight * i64::from(digit - b'0'))
            .sum(),
    )
}

/// Reads the zone that must end the text, in minutes east of UTC.
fn offset(mut rest: &[u8]) -> Option<i64> {
    let sign = match literal(&mut rest, b"Zz+-")? {
        b'+' => 1,
        b'-' => -1,
        _ => return rest.is_empty().then_some(0),
    };
    let hours = digits(&mut rest, 2)?;
    literal(&mut rest, b":")?;
    let minutes = digits(&mut rest, 2)?;
    (rest.is_empty() && hours < 24 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}

const fn is_leap_year(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

const fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap_year(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1970-01-01 in the proleptic Gregorian calendar. Years are counted
/// from March, which puts the leap day at the end of a year.
const fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// The inverse of [`days_from_civil`]: year, month, day.
const fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    };
    let year = year_of_era + era * 400 + if month <= 2 { 1 } else { 0 };
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Timestamp;

    fn ms(text: &str) -> Option<i64> {
        Timestamp::parse(text).map(Timestamp::unix_ms)
    }

    #[test]
    fn parses_rfc_3339() {
        assert_eq!(ms("1970-01-01T00:00:00Z"), Some(0));
        assert_eq!(
            ms("2026-06-01T12:30:45.123456789Z"),
            Some(1_780_317_045_123)
        );
        assert_eq!(ms("2026-06-01t14:30:45.1+02:00"), Some(1_780_317_045_100));
        assert_eq!(ms("1969-12-31T23:59:59.999Z"), Some(-1));
        assert_eq!(ms("2024-02-29T00:00:00-00:30"), Some(1_709_166_600_000));
        assert_eq!(ms("2016-12-31T23:59:60Z"), Some(1_483_228_799_999));
    }

    #[test]
    fn refuses_other_texts() {
        for text in [
            "",
            "today",
            "2026-06-01",
            "2026-06-01T12:30:45",
            "2026-13-01T00:00:00Z",
            "2023-02-29T00:00:00Z",
            "2026-06-01T24:00:00Z",
            "2026-06-01T12:30:45.Z",
            "2026-06-01T12:30:45Zjunk",
            "2026-06-01T12:30:45+0200",
            "+026-06-01T12:30:45Z",
        ] {
            assert_eq!(ms(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn display_and_parse_round_trip(unix_ms in -62_135_596_800_000_i64..253_402_300_799_999) {
            let instant = Timestamp::from_unix_ms(unix_ms);
            prop_assert_eq!(Timestamp::parse(&instant.to_string()), Some(instant));
        }

        #[test]
        fn parsing_any_text_does_not_panic(text in "\\PC*") {
            let _ = Timestamp::parse(&text);
        }
    }
}
