use crate::in_largest_unit;

/// Writes a span of `ms` milliseconds from now as "in 3 days", "2 hours ago" or
/// "yesterday". A span in the past is negative.
///
/// The words are those of `Intl.RelativeTimeFormat` in English, with
/// `numeric: "auto"`. To make that object takes a slow phone a tenth of a second
/// before the first row, and all sentences are English.
#[must_use]
pub fn relative_words(ms: i64) -> String {
    let (count, unit) = in_largest_unit(ms);
    match (count, unit) {
        (0, _) => format!("this {unit}"),
        (1, "day") => "tomorrow".to_owned(),
        (-1, "day") => "yesterday".to_owned(),
        (1, "month" | "year") => format!("next {unit}"),
        (-1, "month" | "year") => format!("last {unit}"),
        _ => {
            let number = count.unsigned_abs();
            let plural = if number == 1 { "" } else { "s" };
            if count > 0 {
                format!("in {number} {unit}{plural}")
            } else {
                format!("{number} {unit}{plural} ago")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::relative_words;

    #[test]
    fn the_words_are_those_of_the_browser() {
        const MINUTE: i64 = 60_000;
        const HOUR: i64 = 60 * MINUTE;
        const DAY: i64 = 24 * HOUR;
        for (ms, words) in [
            (0, "this minute"),
            (MINUTE, "in 1 minute"),
            (-MINUTE, "1 minute ago"),
            (-5 * MINUTE, "5 minutes ago"),
            (HOUR, "in 1 hour"),
            (-2 * HOUR, "2 hours ago"),
            (DAY, "tomorrow"),
            (-DAY, "yesterday"),
            (3 * DAY, "in 3 days"),
            (30 * DAY, "next month"),
            (-30 * DAY, "last month"),
            (-90 * DAY, "3 months ago"),
            (365 * DAY, "next year"),
            (-365 * DAY, "last year"),
            (800 * DAY, "in 2 years"),
        ] {
            assert_eq!(relative_words(ms), words, "{ms}");
        }
    }
}
