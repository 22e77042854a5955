use std::cell::RefCell;
use std::rc::Rc;

use external_auth_core::{ApiErrorKind, ListSummary};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::live_queue::AT_ONCE;
use crate::session::{Deferred, Pending, PendingGuard, ProviderRow, Session};

/// The progress of checking all providers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CheckAll {
    /// The number of providers that have answered.
    pub done: usize,
    /// The number of providers to check.
    pub total: usize,
    /// The number of this run, which distinguishes it from a cancelled one.
    run: u64,
}

/// The result of checking all providers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckAllOutcome {
    /// All providers that could be checked were checked.
    Finished {
        /// The number of checked providers.
        done: usize,
        /// The number of providers to check.
        total: usize,
        /// The number of them that need attention now.
        attention: usize,
    },
    /// The person stopped it, the session has ended, or another person is
    /// signed in. Earlier answers stay.
    Cancelled,
    /// Another run continues.
    NotBegun,
}

impl Session {
    /// Asks these providers live, a few at the same time.
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
        // The next provider is the last element.
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
        // A request by id does not refresh tokens, but the list does. One list
        // is enough for all of them.
        if rows.iter().any(|row| row.record().could_renew()) {
            self.load_anew().await;
        }
        if !self.is_checking_all(run) {
            return CheckAllOutcome::Cancelled;
        }
        let CheckAll { done, total, .. } = self.check_all.get_untracked().unwrap_or_default();
        let summary = ListSummary::of(rows.iter().map(ProviderRow::status));
        write.set(None);
        CheckAllOutcome::Finished {
            done,
            total,
            attention: summary.attention,
        }
    }

    /// Stops the run. Earlier answers stay. Returns whether a run was active.
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
            // None if the person already checks this provider. That check is joined.
            let _pending = PendingGuard::begin(&row, Pending::Checking);
            match self.join_external_auth(&row).await {
                // The other requests would be refused too.
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
