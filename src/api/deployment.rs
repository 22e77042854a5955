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
    /// It has answered a request of this page with what was expected.
    has_answered: Cell<bool>,
    signed_out_at_proxy: Cell<bool>,
}

impl Deployment {
    pub(super) fn new(base: Arc<str>, session_token: Option<Secret>) -> Self {
        Self {
            base,
            session_token,
            clock_offset: Cell::new(0),
            has_answered: Cell::new(false),
            signed_out_at_proxy: Cell::new(false),
        }
    }

    /// By how many milliseconds this computer's clock is behind the deployment's.
    pub(super) fn clock_offset(&self) -> i64 {
        self.clock_offset.get()
    }

    /// The deployment itself has answered.
    pub(super) fn see_answer(&self) {
        self.has_answered.set(true);
        self.signed_out_at_proxy.set(false);
    }

    /// Something in front of the deployment has answered with a redirect.
    pub(super) fn see_redirect(&self) {
        self.signed_out_at_proxy.set(true);
    }

    /// Whether the deployment has answered a request of this page.
    pub(super) fn has_answered(&self) -> bool {
        self.has_answered.get()
    }

    /// Something has answered with a web page where JSON was due. `is_sign_in`:
    /// the page is taken for the sign-in page of a proxy.
    pub(super) fn see_web_page(&self, is_sign_in: bool) {
        self.signed_out_at_proxy.set(is_sign_in);
    }

    /// Whether the last answer came from a proxy that wants the person to sign
    /// in.
    pub(super) fn is_signed_out_at_proxy(&self) -> bool {
        self.signed_out_at_proxy.get()
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
