use crate::Timestamp;

/// How a person writes dates and times in English.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EnglishDates {
    /// "January 14, 2030 at 10:30 PM": in North America and the Philippines.
    MonthFirst,
    /// "14 January 2030 at 22:30": elsewhere.
    DayFirst,
}

impl EnglishDates {
    /// How English is written where a language tag (BCP 47) says. None for another
    /// language.
    #[must_use]
    pub fn of(language: &str) -> Option<Self> {
        match language {
            "en" | "en-US" | "en-CA" | "en-PH" => Some(Self::MonthFirst),
            _ => language.starts_with("en-").then_some(Self::DayFirst),
        }
    }
}

/// Writes an instant with date and time. `local`: the instant whose UTC date and time
/// are those of the person's time zone.
///
/// The words are those of `Intl.DateTimeFormat` in English, with `dateStyle: "long"`
/// and `timeStyle: "short"`. To make the first such object of a visit takes a slow
/// phone a tenth of a second, in which it answers no touch, and all sentences are
/// English.
#[must_use]
pub fn exact_words(local: Timestamp, dates: EnglishDates) -> String {
    let (year, month, day, minute) = local.civil();
    let index = usize::try_from(month - 1).ok();
    let month = index.and_then(|index| MONTHS.get(index)).unwrap_or(&"");
    let (hour, minute) = (minute / 60, minute % 60);
    match dates {
        EnglishDates::DayFirst => format!("{day} {month} {year} at {hour:02}:{minute:02}"),
        EnglishDates::MonthFirst => {
            let half = if hour < 12 { "AM" } else { "PM" };
            let hour = (hour + 11) % 12 + 1;
            format!("{month} {day}, {year} at {hour}:{minute:02}\u{202f}{half}")
        }
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

#[cfg(test)]
mod tests {
    use super::EnglishDates::{DayFirst, MonthFirst};
    use super::{EnglishDates, exact_words};
    use crate::Timestamp;

    #[test]
    fn the_words_are_those_of_the_browser() {
        for (local, day_first, month_first) in [
            (
                "2030-01-14T22:30:00Z",
                "14 January 2030 at 22:30",
                "January 14, 2030 at 10:30\u{202f}PM",
            ),
            (
                "2026-12-01T00:05:59Z",
                "1 December 2026 at 00:05",
                "December 1, 2026 at 12:05\u{202f}AM",
            ),
            (
                "2028-02-29T12:00:00Z",
                "29 February 2028 at 12:00",
                "February 29, 2028 at 12:00\u{202f}PM",
            ),
            (
                "1969-07-20T11:59:00Z",
                "20 July 1969 at 11:59",
                "July 20, 1969 at 11:59\u{202f}AM",
            ),
        ] {
            let local = Timestamp::parse(local).unwrap();
            assert_eq!(exact_words(local, DayFirst), day_first);
            assert_eq!(exact_words(local, MonthFirst), month_first);
        }
    }

    #[test]
    fn the_language_says_how_dates_are_written() {
        for (language, dates) in [
            ("en", Some(MonthFirst)),
            ("en-US", Some(MonthFirst)),
            ("en-CA", Some(MonthFirst)),
            ("en-GB", Some(DayFirst)),
            ("en-IE", Some(DayFirst)),
            ("en-AU", Some(DayFirst)),
            ("de-DE", None),
            ("eng", None),
            ("en_US", None),
            ("", None),
        ] {
            assert_eq!(EnglishDates::of(language), dates, "{language}");
        }
    }
}
