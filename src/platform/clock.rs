use std::time::Duration;

use external_auth_core::{Moment, Timestamp};

/// The current instant by the browser's wall clock.
#[must_use]
pub fn now() -> Timestamp {
    #[allow(
        clippy::cast_possible_truncation,
        reason = "Date.now() is a whole number of milliseconds"
    )]
    Timestamp::from_unix_ms(js_sys::Date::now() as i64)
}

/// The current instant by the wall clock and by the monotonic clock.
#[must_use]
pub fn moment() -> Moment {
    let since_start_ms = leptos::prelude::window()
        .performance()
        .map_or(0.0, |performance| performance.now());
    Moment {
        wall: now(),
        monotonic: Duration::try_from_secs_f64(since_start_ms / 1000.0).unwrap_or_default(),
    }
}
