use std::collections::BTreeMap;

use axum::{
    http::{HeaderValue, StatusCode},
    response::Response,
};
use external_auth_core::Timestamp;

use crate::answer;

/// The requests that a user may send to one path in a minute.
const LIMIT: u32 = 512;
const WINDOW_MS: i64 = 60_000;

/// Counts requests by user and path.
#[derive(Debug, Default)]
pub(crate) struct RateLimit(BTreeMap<(String, String), (Timestamp, u32)>);

impl RateLimit {
    /// Counts a request.
    ///
    /// # Errors
    ///
    /// `429` above the limit.
    pub(super) fn count(&mut self, user: &str, path: &str, now: Timestamp) -> Result<(), Response> {
        // Windows that have ended are removed, so that the map stays small.
        self.0
            .retain(|_, (begun, _)| now.ms_since(*begun) < WINDOW_MS);
        let (begun, count) = self
            .0
            .entry((user.to_owned(), path.to_owned()))
            .or_insert((now, 0));
        *count = count.saturating_add(1);
        if *count <= LIMIT {
            return Ok(());
        }
        let left_ms = WINDOW_MS - now.ms_since(*begun);
        let seconds = u64::try_from(left_ms).unwrap_or_default().div_ceil(1000);
        let mut response = answer::message(
            StatusCode::TOO_MANY_REQUESTS,
            "You have asked too often. Wait, then try again.",
            &format!("{LIMIT} requests a minute are allowed for each path."),
        );
        let headers = response.headers_mut();
        headers.insert("retry-after", HeaderValue::from(seconds));
        headers.insert("x-ratelimit-limit", HeaderValue::from(LIMIT));
        headers.insert("x-ratelimit-remaining", HeaderValue::from(0));
        Err(response)
    }
}
