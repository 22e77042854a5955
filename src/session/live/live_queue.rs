use std::cell::Cell;

use external_auth_core::ApiErrorKind;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::session::{ProviderRow, Session};

/// How many providers are asked at the same time: each request costs the
/// person's rate limit there, and a browser's connections are few.
pub(super) const AT_ONCE: usize = 4;

/// How long the next request waits after one that reached nobody.
const RECOVERY_MS: u32 = 1_000;

/// Asks providers live although no person pressed a button: those whose link
/// the list has brought anew, while their cards are near to be seen.
#[derive(Default)]
pub(in crate::session) struct LiveQueue {
    running: Cell<usize>,
}

impl Session {
    /// From now on providers are asked automatically only while their cards are
    /// near to be seen in a view that watches.
    pub(crate) fn ask_only_near(self) {
        self.inner.with_value(|inner| inner.watches.set(true));
    }

    /// What a view shows of a provider has come near to be seen, or has gone.
    pub(crate) fn set_near(self, row: &ProviderRow, view: u64, is_near: bool) {
        let _ = (row.live).try_update_value(|live| live.set_near(view, is_near));
        self.read_live();
    }

    /// Asks the next providers live, a few at a time, in the order in which they
    /// are on the page. Each answer is shown when it arrives.
    pub(in crate::session) fn read_live(self) {
        if self.is_gone() || self.is_signed_out() {
            return;
        }
        let rows = self.rows.read_untracked();
        let mut waiting = rows
            .iter()
            .filter(|row| row.live.with_value(|live| live.is_wanted && live.is_near()));
        let running = move |change: isize| {
            self.inner.try_with_value(|inner| {
                let running = &inner.live_queue.running;
                running.set(running.get().saturating_add_signed(change));
                running.get()
            })
        };
        while running(0).is_some_and(|running| running < AT_ONCE) {
            let Some(row) = waiting.next().cloned() else {
                return;
            };
            row.live.update_value(|live| live.is_wanted = false);
            running(1);
            spawn_local(async move {
                // A failure is kept in the row; nobody waits for it here.
                let answer = self.join_external_auth(&row).await;
                if matches!(answer, Some(Err(error)) if error.kind == ApiErrorKind::Unreachable) {
                    // The network is gone, or the person leaves the page.
                    TimeoutFuture::new(RECOVERY_MS).await;
                }
                running(-1);
                self.read_live();
            });
        }
    }
}
