use std::cell::Cell;
use std::sync::Arc;

use external_auth_core::{Timestamp, clock_offset};
use leptos::prelude::location;

use crate::Secret;

/// The deployment that requests go to, and what its answers reveal beside their
/// bodies: its clock, and whether a proxy requires a sign-in.
#[derive(Debug)]
pub(crate) struct Deployment {
    /// Its origin; empty means the page's own.
    pub(super) base: Arc<str>,
    /// Sent instead of the session cookie.
    pub(super) session_token: Option<Secret>,
    clock_offset: Cell<i64>,
    /// The deployment has given this page an expected answer.
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

    /// Whether it is on the page's own origin, where a path may lead to it.
    pub(super) fn is_own_origin(&self) -> bool {
        let origin = location().origin().unwrap_or_default();
        let path = self.base.strip_prefix(&*origin).unwrap_or(&self.base);
        path.is_empty() || path.starts_with('/')
    }

    /// How many milliseconds this computer's clock is behind the deployment's.
    pub(super) fn clock_offset(&self) -> i64 {
        self.clock_offset.get()
    }

    /// Records that the deployment itself has answered.
    pub(super) fn record_answer(&self) {
        self.has_answered.set(true);
        self.signed_out_at_proxy.set(false);
    }

    /// Records a redirect, which only a proxy in front of the deployment sends.
    pub(super) fn record_redirect(&self) {
        self.signed_out_at_proxy.set(true);
    }

    /// Whether the deployment has answered a request of this page.
    pub(super) fn has_answered(&self) -> bool {
        self.has_answered.get()
    }

    /// Records a web page where JSON was expected. `is_sign_in`: the page is
    /// taken for the sign-in page of a proxy.
    pub(super) fn record_web_page(&self, is_sign_in: bool) {
        self.signed_out_at_proxy.set(is_sign_in);
    }

    /// Whether the last answer came from a proxy that requires a sign-in.
    pub(super) fn is_signed_out_at_proxy(&self) -> bool {
        self.signed_out_at_proxy.get()
    }

    /// Reads the deployment's clock from the `Date` header of an answer that
    /// arrived at this instant.
    pub(super) fn record_date(&self, date: &str, arrived_at: Timestamp) {
        let unix_ms = js_sys::Date::parse(date);
        if unix_ms.is_finite() {
            #[allow(
                clippy::cast_possible_truncation,
                reason = "Date.parse() gives whole milliseconds"
            )]
            let date = Timestamp::from_unix_ms(unix_ms as i64);
            self.clock_offset.set(clock_offset(date, arrived_at));
        }
    }
}
