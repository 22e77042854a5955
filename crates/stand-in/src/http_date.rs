use axum::{
    http::{HeaderValue, header},
    response::Response,
};
use external_auth_core::Timestamp;

const WEEKDAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// Dates an answer, unless it has a date, which a fault may have set.
pub(crate) fn put_date(response: &mut Response, now: Timestamp) {
    if let Ok(date) = HeaderValue::try_from(http_date(now)) {
        response.headers_mut().entry(header::DATE).or_insert(date);
    }
}

/// An instant in the format of the `Date` header (RFC 9110 §5.6.7).
fn http_date(instant: Timestamp) -> String {
    let days = instant.unix_ms().div_euclid(86_400_000);
    // 1970-01-01 was a Thursday, which is the first in the list.
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
    fn the_example_of_rfc_9110_is_written_so() {
        let instant = Timestamp::parse("1994-11-06T08:49:37.5Z").expect("a valid time");
        assert_eq!(http_date(instant), "Sun, 06 Nov 1994 08:49:37 GMT");
    }
}
