use external_auth_core::{EnglishDates, Timestamp, exact_words, relative_words};
use js_sys::Date;
use leptos::prelude::window;

const MS_PER_MINUTE: f64 = 60_000.0;

/// Writes instants in English, as the sentences around them are: exact ones in the
/// person's time zone.
pub struct TimeWords {
    dates: EnglishDates,
}

impl TimeWords {
    /// Writes dates as the language `wanted` does if it is a variant of English, else
    /// as the browser's language does if it is one.
    #[must_use]
    pub fn new(wanted: Option<&str>) -> Self {
        let browser = window().navigator().language();
        let dates = (wanted.and_then(EnglishDates::of))
            .or_else(|| EnglishDates::of(&browser?))
            .unwrap_or(EnglishDates::MonthFirst);
        Self { dates }
    }

    /// Writes "in 3 days" or "2 hours ago", in the largest unit that fits.
    #[must_use]
    pub fn relative(&self, instant: Timestamp, now: Timestamp) -> String {
        relative_words(instant.ms_since(now))
    }

    /// Writes date and time, in the person's time zone.
    #[must_use]
    pub fn exact(&self, instant: Timestamp) -> String {
        #[allow(clippy::cast_precision_loss, reason = "within the range of Date")]
        let date = Date::new(&(instant.unix_ms() as f64).into());
        // The offset at that instant, which is not always the one of now.
        let offset = -date.get_timezone_offset() * MS_PER_MINUTE;
        #[allow(
            clippy::cast_possible_truncation,
            reason = "an offset is less than a day, in whole milliseconds"
        )]
        let local = instant.plus_ms(offset as i64);
        exact_words(local, self.dates)
    }
}
