use std::cell::RefCell;
use std::rc::Rc;

use external_auth_core::{ApiErrorKind, ListSummary, ProviderState};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::live_queue::AT_ONCE;
use super::pending::PendingGuard;
use super::{ExternalAuthStore, Pending, ProviderEntry};
use crate::text;

/// How far checking all providers has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CheckAll {
    /// How many have been asked.
    pub done: usize,
    /// How many there are to ask.
    pub total: usize,
    /// Which one this is, to tell it from one that was cancelled.
    run: u64,
}

/// What those who ask share.
struct All {
    run: u64,
    entries: Vec<ProviderEntry>,
    /// Those that have not been asked yet, the next one last.
    waiting: RefCell<Vec<ProviderEntry>>,
}

impl ExternalAuthStore {
    /// The providers that "Check all" asks: those that are linked, and that the
    /// deployment has an address to check at.
    #[must_use]
    pub fn checkable(self) -> Vec<ProviderEntry> {
        let is_checkable = |entry: &ProviderEntry| {
            !matches!(
                entry.state.get(),
                ProviderState::NotLinked
                    | ProviderState::NoLongerConfigured
                    | ProviderState::NotVerified
            )
        };
        self.rows().into_iter().filter(is_checkable).collect()
    }

    /// Asks all linked providers live, a few at a time.
    pub fn check_all(self) {
        if self.check_all.get_untracked().is_some() {
            return;
        }
        let entries = untrack(|| self.checkable());
        let run = self.next_order();
        self.check_all.set(Some(CheckAll {
            done: 0,
            total: entries.len(),
            run,
        }));
        self.announce(text::checking_all(entries.len()));
        let mut waiting = entries.clone();
        waiting.reverse();
        let all = Rc::new(All {
            run,
            entries,
            waiting: RefCell::new(waiting),
        });
        for _ in 0..AT_ONCE {
            let all = Rc::clone(&all);
            spawn_local(async move {
                self.work_check_all(&all).await;
                // The last to end sees to the rest.
                if let Some(all) = Rc::into_inner(all) {
                    self.finish_check_all(all).await;
                }
            });
        }
    }

    async fn finish_check_all(self, all: All) {
        let All { run, entries, .. } = all;
        if !self.is_checking_all(run) {
            return;
        }
        // By-id does not refresh tokens, the list does: once for all.
        let could_renew = |entry: &ProviderEntry| {
            let record = entry.record.read_untracked();
            record.renews() && record.is_refused_live()
        };
        if entries.iter().any(could_renew) {
            self.load_anew().await;
        }
        if !self.is_checking_all(run) {
            return;
        }
        let checked = self.check_all.get_untracked().unwrap_or_default();
        let summary = ListSummary::of(entries.iter().map(ProviderEntry::status_untracked));
        self.check_all.set(None);
        self.announce(text::checked_all(
            checked.done,
            checked.total,
            summary.attention,
        ));
    }

    /// Stops asking. What has been answered stays.
    pub fn cancel_check_all(self) {
        if self.check_all.get_untracked().is_none() {
            return;
        }
        self.check_all.set(None);
        for entry in self.entries.get_untracked() {
            if entry.pending.get_untracked() == Some(Pending::Checking) {
                Self::give_up_live_check(&entry);
            }
        }
        self.announce(text::check_all_cancelled().to_owned());
    }

    fn is_checking_all(self, run: u64) -> bool {
        (self.check_all.try_get_untracked().flatten()).is_some_and(|check| check.run == run)
    }

    async fn work_check_all(self, all: &All) {
        let All { run, waiting, .. } = all;
        while self.is_checking_all(*run) {
            let Some(entry) = waiting.borrow_mut().pop() else {
                return;
            };
            if entry.pending.get_untracked() == Some(Pending::Unlinking) {
                self.count_checked(*run);
                continue;
            }
            // None where its own check is on its way, which is joined.
            let _pending = PendingGuard::begin(entry.pending, Pending::Checking);
            match self.join_external_auth(&entry).await {
                // The others would be refused as well.
                Some(Err(error))
                    if error.kind.is_sign_out()
                        || matches!(error.kind, ApiErrorKind::RateLimited(_)) =>
                {
                    waiting.borrow_mut().clear();
                }
                _ => self.count_checked(*run),
            }
        }
    }

    fn count_checked(self, run: u64) {
        if self.is_checking_all(run) {
            self.check_all.update(|check| {
                if let Some(check) = check {
                    check.done += 1;
                }
            });
        }
    }
}
