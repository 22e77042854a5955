use std::cell::Cell;
use std::sync::Arc;

use external_auth_core::{Timestamp, clock_offset};

use crate::Secret;
use crate::platform::now;

/// The deployment that requests go to, and what its answers tell by the way.
#[derive(Debug)]
pub(super) struct Deployment {
    /// Its origin; empty is the page's own.
    pub(super) base: Arc<str>,
    /// Sent instead of the session cookie.
    pub(super) session_token: Option<Secret>,
    clock_offset: Cell<i64>,
}

impl Deployment {
    pub(super) fn new(base: Arc<str>, session_token: Option<Secret>) -> Self {
        Self {
            base,
            session_token,
            clock_offset: Cell::new(0),
        }
    }

    /// By how many milliseconds this computer's clock is behind the deployment's.
    pub(super) fn clock_offset(&self) -> i64 {
        self.clock_offset.get()
    }

    /// Reads the clock off the `Date` header of an answer that has just arrived.
    pub(super) fn see_date(&self, date: &str) {
        let unix_ms = js_sys::Date::parse(date);
        if unix_ms.is_finite() {
            #[allow(
                clippy::cast_possible_truncation,
                reason = "Date.parse() gives whole milliseconds"
            )]
            let date = Timestamp::from_unix_ms(unix_ms as i64);
            self.clock_offset.set(clock_offset(date, now()));
        }
    }
}
