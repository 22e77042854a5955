use std::cell::RefCell;
use std::rc::Rc;

use external_auth_core::{ApiErrorKind, ListSummary};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::check::could_be_renewed;
use super::live_queue::AT_ONCE;
use crate::session::{Deferred, Pending, PendingGuard, ProviderRow, Session};

/// How far checking all providers has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CheckAll {
    /// How many have been asked.
    pub done: usize,
    /// How many there are to ask.
    pub total: usize,
    /// Which run this is, to tell it from one that was cancelled.
    run: u64,
}

/// How checking all providers ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckAllOutcome {
    /// As many as could be asked were asked.
    Finished {
        /// How many were asked.
        done: usize,
        /// How many there were to ask.
        total: usize,
        /// How many of them need the person's attention now.
        attention: usize,
    },
    /// The person stopped it, the session has ended, or another person is signed
    /// in. What has been answered stays.
    Cancelled,
    /// Another run goes on.
    NotBegun,
}

impl Session {
    /// Asks these providers live, a few at a time.
    pub async fn check_all(self, rows: Vec<ProviderRow>) -> CheckAllOutcome {
        let write = self.write().map(|write| write.check_all);
        let Some(write) = write.filter(|_| self.check_all.read_untracked().is_none()) else {
            return CheckAllOutcome::NotBegun;
        };
        let run = self.next_sequence();
        write.set(Some(CheckAll {
            done: 0,
            total: rows.len(),
            run,
        }));
        // The next one last.
        let waiting = Rc::new(RefCell::new(rows.iter().rev().cloned().collect::<Vec<_>>()));
        let workers: Vec<_> = (0..AT_ONCE)
            .map(|_| {
                let worker = Deferred::default();
                let (done, waiting) = (worker.clone(), Rc::clone(&waiting));
                spawn_local(async move {
                    self.work_check_all(run, &waiting).await;
                    done.resolve(());
                });
                worker
            })
            .collect();
        for worker in workers {
            worker.await;
        }
        if !self.is_checking_all(run) {
            return CheckAllOutcome::Cancelled;
        }
        // A request by id does not refresh tokens, the list does: once for all.
        if rows.iter().any(could_be_renewed) {
            self.load_anew().await;
        }
        if !self.is_checking_all(run) {
            return CheckAllOutcome::Cancelled;
        }
        let CheckAll { done, total, .. } = self.check_all.get_untracked().unwrap_or_default();
        let summary = ListSummary::of(rows.iter().map(ProviderRow::status_untracked));
        write.set(None);
        CheckAllOutcome::Finished {
            done,
            total,
            attention: summary.attention,
        }
    }

    /// Stops asking. What has been answered stays. Returns whether there was
    /// something to stop.
    pub(crate) fn cancel_check_all(self) -> bool {
        if self.check_all.read_untracked().is_none() {
            return false;
        }
        if let Some(write) = self.write() {
            write.check_all.set(None);
        }
        for row in self.rows.get_untracked() {
            if row.pending_untracked() == Some(Pending::Checking) {
                Self::give_up_live_check(&row);
            }
        }
        true
    }

    fn is_checking_all(self, run: u64) -> bool {
        (self.check_all.try_get_untracked().flatten()).is_some_and(|check| check.run == run)
    }

    async fn work_check_all(self, run: u64, waiting: &RefCell<Vec<ProviderRow>>) {
        while self.is_checking_all(run) {
            let Some(row) = waiting.borrow_mut().pop() else {
                return;
            };
            if row.pending_untracked() == Some(Pending::Unlinking) {
                self.count_checked(run);
                continue;
            }
            // None where the person checks it already; that check is joined.
            let _pending = PendingGuard::begin(&row, Pending::Checking);
            match self.join_external_auth(&row).await {
                // The others would be refused as well.
                Some(Err(error))
                    if error.kind.is_sign_out()
                        || matches!(error.kind, ApiErrorKind::RateLimited(_)) =>
                {
                    waiting.borrow_mut().clear();
                }
                _ => self.count_checked(run),
            }
        }
    }

    fn count_checked(self, run: u64) {
        if self.is_checking_all(run)
            && let Some(write) = self.write()
        {
            write.check_all.update(|check| {
                if let Some(check) = check {
                    check.done += 1;
                }
            });
        }
    }
}
