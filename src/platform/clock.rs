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
        monotonic: since_start(since_start_ms),
    }
}

/// The time between the start of the page and a value of `performance.now()`.
#[must_use]
pub fn since_start(ms: f64) -> Duration {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "`as` saturates, and no value is negative"
    )]
    Duration::from_micros((ms * 1000.0) as u64)
}
