use external_auth_core::Timestamp;

const WEEKDAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// An instant as the `Date` header says it (RFC 9110 §5.6.7).
pub(crate) fn http_date(instant: Timestamp) -> String {
    let days = instant.unix_ms().div_euclid(86_400_000);
    // 1970-01-01 was the Thursday with which the list begins.
    let weekday = usize::try_from(days.rem_euclid(7)).unwrap_or_default();
    let written = instant.to_string();
    let (date, time) = written.split_once('T').unwrap_or_default();
    let mut parts = date.split('-');
    let (year, month, day) = (
        parts.next().unwrap_or_default(),
        parts.next().unwrap_or_default(),
        parts.next().unwrap_or_default(),
    );
    let month = month
        .parse::<usize>()
        .map_or(0, |number| number.saturating_sub(1));
    let time = time.split('.').next().unwrap_or_default();
    format!(
        "{}, {day} {} {year} {time} GMT",
        WEEKDAYS[weekday % 7],
        MONTHS[month % 12]
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_the_example_of_the_standard() {
        let instant = Timestamp::parse("1994-11-06T08:49:37.5Z").expect("a valid time");
        assert_eq!(http_date(instant), "Sun, 06 Nov 1994 08:49:37 GMT");
    }
}
