use external_auth_core::Timestamp;

/// The present instant by the browser's wall clock.
#[must_use]
pub fn now() -> Timestamp {
    #[allow(
        clippy::cast_possible_truncation,
        reason = "Date.now() is a whole number of milliseconds"
    )]
    Timestamp::from_unix_ms(js_sys::Date::now() as i64)
}
