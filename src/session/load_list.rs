use std::time::Duration;

use external_auth_core::wire::ExternalAuthList;
use external_auth_core::{ListedProvider, first_positions};
use futures_util::FutureExt;
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{EarlyRequests, ListStatus, Session};
use crate::platform::next_task;

/// After this time the page says that providers are still being asked.
const SLOW_AFTER: Duration = Duration::from_secs(5);

impl Session {
    /// Takes over requests that were sent for this session before the program
    /// ran. To be called before the first load.
    pub fn take_over(self, early: EarlyRequests) {
        self.client().take_over(early);
    }

    /// Whether the list is being loaded.
    pub(crate) fn is_loading(self) -> bool {
        self.inner
            .try_with_value(|inner| inner.running_load.running().is_some())
            .unwrap_or(false)
    }

    /// Loads the list, or joins the running load, because the server must not
    /// be asked twice at the same time. Returns whether a list arrived. The
    /// load continues if its caller does not wait. A load without an answer in
    /// time is over, and the next one sends a new request.
    pub fn load(self) -> impl Future<Output = bool> + use<> {
        self.end_quiet();
        self.join_load()
    }

    pub(super) fn join_load(self) -> impl Future<Output = bool> + use<> {
        self.inner.with_value(|inner| {
            let loads = &inner.running_load;
            loads.running().unwrap_or_else(|| {
                let load = loads.join(|| Box::pin(self.run_load()));
                spawn_local(load.clone().map(|_| ()));
                load
            })
        })
    }

    /// Loads a list that is requested after this call. The answer to a request
    /// that is already running may be older than a change.
    pub(crate) async fn load_anew(self) -> bool {
        if self.is_loading() {
            self.load().await;
        }
        !self.is_gone() && self.load().await
    }

    async fn run_load(self) -> bool {
        let Some(status) = self.write().map(|write| write.list) else {
            return false;
        };
        status.update(|list| {
            list.loading = !self.is_quiet();
            list.slow = false;
        });
        let slow_after = SLOW_AFTER.saturating_sub(self.client().list_age());
        let slow_after_ms = u32::try_from(slow_after.as_millis()).unwrap_or_default();
        let slow = Timeout::new(slow_after_ms, move || {
            status.try_update(|list| list.slow = list.loading);
        });
        let (answer, sequence) = loop {
            // Taken when the request is sent. What is observed later is newer than the
            // answer.
            let sequence = self.next_sequence();
            let take_late = move |list| self.take_late_list(list, sequence);
            // This is sent directly after the request for the list, and nothing waits
            // for it. Either both were sent before the program ran or neither.
            self.ask_person_beside(sequence);
            let answer = self.client().list(take_late).await;
            // Reading a long list took a while, and so do its rows. A failure is told
            // before another answer comes.
            if answer.is_ok() {
                next_task().await;
            }
            if self.is_gone() {
                return false;
            }
            // The answer may be for a person who is no longer signed in.
            if sequence >= self.person_since() {
                break (answer, sequence);
            }
        };
        drop(slow);
        let loaded = answer.is_ok();
        let mut left_out = self.list.read_untracked().left_out;
        let error = match answer {
            Ok(list) => {
                left_out = self.show(list, sequence);
                None
            }
            Err(error) => {
                self.notice_session_end(&error);
                if self.is_quiet() {
                    self.list.read_untracked().error.clone()
                } else {
                    self.emit_error(None, &error);
                    Some(error)
                }
            }
        };
        status.update(|list| {
            *list = ListStatus {
                loading: false,
                slow: false,
                loaded: list.loaded || loaded,
                left_out,
                error,
            };
        });
        loaded
    }

    /// Applies a list that arrived after its load was given up, unless a newer
    /// one is shown.
    fn take_late_list(self, list: ExternalAuthList, sequence: u64) {
        let shown = self.inner.try_with_value(|inner| inner.list_sequence.get());
        if shown.is_none_or(|shown| sequence <= shown) {
            return;
        }
        let left_out = self.show(list, sequence);
        if let Some(write) = self.write() {
            write.list.update(|list| {
                list.loaded = true;
                list.left_out = left_out;
                list.error = None;
            });
        }
    }

    /// Applies a list. A provider that had a row keeps it. Returns how many
    /// providers the page does not show.
    fn show(self, list: ExternalAuthList, sequence: u64) -> usize {
        let read_at = self.read_clock();
        if let Some(write) = self.write() {
            write.now.set(read_at);
        }
        self.inner
            .with_value(|inner| inner.list_sequence.set(sequence));
        self.notice_answer(sequence);
        let (listed, left_out) = ListedProvider::all_of(list);
        let known = self.rows.get_untracked();
        let ids = known.iter().map(|row| &*row.id);
        let ids: Vec<&str> = ids.chain(listed.iter().map(ListedProvider::id)).collect();
        let firsts = first_positions(&ids).split_off(known.len());
        let rows: Vec<_> = (listed.into_iter().zip(firsts))
            .map(|(listed, first)| {
                let row = known.get(first).cloned();
                let row = row.unwrap_or_else(|| self.new_row(listed.id()));
                row.apply_named(listed.name, read_at, |record| {
                    record.apply_list(listed.provider, listed.link, sequence, read_at);
                });
                row
            })
            .collect();

        let (rows, _) = Self::grouped(&rows);
        let single = self.inner.with_value(|inner| inner.single.borrow().clone());
        for row in &rows {
            let is_wanted = row.record().says_more_live()
                && single.as_ref().is_none_or(|single| *single == row.id);
            row.with_live(|live| live.is_wanted = is_wanted);
        }
        self.set_rows(rows);
        self.read_live();
        left_out
    }
}
