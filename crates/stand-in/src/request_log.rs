//! The requests to the deployment, for tests that count them.

use std::sync::{Mutex, MutexGuard};

use external_auth_core::Timestamp;
use serde::Serialize;
use serde_json::{Value, json};

use crate::{lock::lock, wire::Time};

/// One request.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Entry {
    #[serde(skip)]
    number: u64,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: String,
    /// How it was authenticated: `cookie`, `header`, `both` or `none`.
    pub(crate) session: &'static str,
    /// The user of its session; none without an open session.
    pub(crate) user: Option<String>,
    /// Whether it carried a CSRF token.
    pub(crate) csrf: bool,
    /// The status; `"aborted"` when the client disconnected before the answer;
    /// `null` while the request is in flight.
    pub(crate) status: Value,
    pub(crate) started_at: Time,
    pub(crate) ended_at: Option<Time>,
}

impl Entry {
    /// A request that has just arrived.
    pub(crate) fn new(method: &str, path: &str, query: &str, started_at: Timestamp) -> Self {
        Self {
            number: 0,
            method: method.to_owned(),
            path: path.to_owned(),
            query: query.to_owned(),
            session: "none",
            user: None,
            csrf: false,
            status: Value::Null,
            started_at: Time(started_at),
            ended_at: None,
        }
    }
}

/// The requests in order of arrival.
#[derive(Debug, Default)]
pub(crate) struct RequestLog(Mutex<Entries>);

#[derive(Debug, Default)]
struct Entries {
    next: u64,
    in_flight: usize,
    list: Vec<Entry>,
}

impl RequestLog {
    /// Adds a request. It is in flight until the ticket is dropped, and aborted
    /// when that happens without an answer.
    pub(crate) fn begin(&self, entry: Entry) -> Ticket<'_> {
        let mut entries = self.entries();
        let number = entries.next;
        entries.next += 1;
        entries.in_flight += 1;
        entries.list.push(Entry { number, ..entry });
        Ticket {
            log: self,
            number,
            status: Value::from("aborted"),
            ended_at: None,
        }
    }

    /// Removes all entries. The number of requests in flight stays.
    pub(crate) fn clear(&self) {
        self.entries().list.clear();
    }

    /// The answer of the control route.
    pub(crate) fn to_json(&self) -> Value {
        let entries = self.entries();
        json!({ "in_flight": entries.in_flight, "requests": entries.list })
    }

    fn entries(&self) -> MutexGuard<'_, Entries> {
        lock(&self.0)
    }
}

/// A request in flight.
#[must_use = "dropping the ticket ends the request"]
pub(crate) struct Ticket<'a> {
    log: &'a RequestLog,
    number: u64,
    status: Value,
    ended_at: Option<Timestamp>,
}

impl Ticket<'_> {
    /// Ends the request with this status.
    pub(crate) fn answered(mut self, status: u16, at: Timestamp) {
        self.status = Value::from(status);
        self.ended_at = Some(at);
    }
}

impl Drop for Ticket<'_> {
    fn drop(&mut self) {
        let mut entries = self.log.entries();
        entries.in_flight = entries.in_flight.saturating_sub(1);
        // The entry is gone when the log was cleared in the meantime.
        if let Some(entry) = entries
            .list
            .iter_mut()
            .find(|entry| entry.number == self.number)
        {
            entry.status = self.status.take();
            entry.ended_at = self.ended_at.map(Time);
        }
    }
}
