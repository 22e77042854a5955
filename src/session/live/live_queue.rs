use std::cell::Cell;

use external_auth_core::ApiErrorKind;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::session::{ProviderRow, Session};

/// The number of providers that are asked at the same time. Each request
/// counts towards the person's rate limit at the provider, and a browser has
/// few connections.
pub(super) const AT_ONCE: usize = 4;

/// The wait after a request that reached no server.
const RECOVERY_MS: u32 = 1_000;

/// Asks providers live automatically: those whose link came with the last
/// list, while their cards are close to the viewport.
#[derive(Default)]
pub(in crate::session) struct LiveQueue {
    running: Cell<usize>,
}

impl Session {
    /// From now on, providers are asked automatically only while their cards
    /// are close to the viewport of a view that watches them.
    pub(crate) fn ask_only_near(self) {
        self.inner.with_value(|inner| inner.watches.set(true));
    }

    /// Rows of a view have come close to the viewport, or have left it. All
    /// that changed at once is reported at once, because each report goes
    /// through the whole list.
    pub(crate) fn set_near(
        self,
        view: u64,
        changes: impl IntoIterator<Item = (ProviderRow, bool)>,
    ) {
        for (row, is_near) in changes {
            row.with_live(|live| live.set_near(view, is_near));
        }
        self.read_live();
    }

    /// Asks the next providers live, a few at the same time, in display order.
    /// Each answer is shown when it arrives.
    pub(in crate::session) fn read_live_now(self) {
        if self.is_gone() || self.is_signed_out() {
            return;
        }
        let rows = self.rows.read_untracked();
        let mut waiting = rows
            .iter()
            .filter(|row| row.with_live(|live| live.is_wanted && live.is_near()) == Some(true));
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
            row.with_live(|live| live.is_wanted = false);
            running(1);
            spawn_local(async move {
                // The row keeps a failure. Nothing waits for it here.
                let answer = self.join_external_auth(&row).await;
                if matches!(answer, Some(Err(error)) if error.kind == ApiErrorKind::Unreachable) {
                    // The network is down, or the person leaves the page.
                    TimeoutFuture::new(RECOVERY_MS).await;
                }
                running(-1);
                self.read_live_now();
            });
        }
    }
}
