use std::cell::Cell;

use external_auth_core::ApiErrorKind;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::Element;

use super::{ExternalAuthStore, ProviderEntry};
use crate::platform::NearViewport;

/// How many providers are asked at the same time by themselves: each costs
/// the person's rate limit there, and a browser's connections are few.
pub(super) const AT_ONCE: usize = 4;

/// After a request that reached nobody the next one waits as long.
const RECOVERY_MS: u32 = 1_000;

/// Asks providers live without anyone pressing a button: those of which the
/// list has brought something since, while their cards are near to be seen.
#[derive(Default)]
pub(super) struct LiveQueue {
    running: Cell<usize>,
}

impl ExternalAuthStore {
    /// From here on providers are asked by themselves only while their cards
    /// are near to be seen, in this view or another one that watches.
    pub fn watch_viewport(self) {
        let viewport = NearViewport::new(move |id, is_near| {
            let id = id.trim_start_matches(ProviderEntry::ELEMENT_ID_PREFIX);
            if let Some(entry) = self.entry(id) {
                self.set_near(&entry, is_near);
            }
        });
        if viewport.is_some() {
            self.inner.with_value(|inner| inner.watches.set(true));
        }
        self.viewport.set_value(viewport);
    }

    /// A card is on the page.
    pub fn watch_card(self, card: &Element) {
        self.viewport.with_value(|viewport| {
            if let Some(viewport) = viewport {
                viewport.observe(card);
            }
        });
    }

    /// What this view shows of a provider is near to be seen, or is not.
    pub(crate) fn set_near(self, entry: &ProviderEntry, is_near: bool) {
        let _ = (entry.live).try_update_value(|live| live.set_near(self.number, is_near));
        self.read_live();
    }

    /// Asks the next providers live, a few at a time, each shown as it arrives,
    /// in the order in which they are on the page.
    pub(super) fn read_live(self) {
        if self.inner.is_disposed() || self.is_signed_out() {
            return;
        }
        let entries = self.entries.read_untracked();
        let mut waiting = entries.iter().filter(|entry| {
            entry
                .live
                .with_value(|live| live.is_wanted && live.is_near())
        });
        let running = move |change: isize| {
            self.inner.try_with_value(|inner| {
                let running = &inner.live_queue.running;
                running.set(running.get().saturating_add_signed(change));
                running.get()
            })
        };
        while running(0).is_some_and(|running| running < AT_ONCE) {
            let Some(entry) = waiting.next().cloned() else {
                return;
            };
            entry.live.update_value(|live| live.is_wanted = false);
            running(1);
            spawn_local(async move {
                // A failure is kept with the entry; nobody waits for it here.
                let answer = self.join_external_auth(&entry).await;
                if matches!(answer, Some(Err(error)) if error.kind == ApiErrorKind::Unreachable) {
                    // The network is gone, or the page is being left.
                    TimeoutFuture::new(RECOVERY_MS).await;
                }
                running(-1);
                self.read_live();
            });
        }
    }
}
