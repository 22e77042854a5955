use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{ExternalAuthStore, ProviderEntry};

/// How many providers are asked at the same time by themselves: each costs
/// the person's rate limit there, and a browser's connections are few.
const AT_ONCE: usize = 4;

/// The providers that wait to be asked live without anyone pressing a button.
#[derive(Default)]
pub(super) struct LiveQueue {
    waiting: RefCell<VecDeque<ProviderEntry>>,
    workers: Cell<usize>,
}

impl LiveQueue {
    /// Nothing waits any more. What was asked already is still answered.
    pub(super) fn clear(&self) {
        self.waiting.borrow_mut().clear();
    }

    fn push(&self, entries: impl IntoIterator<Item = ProviderEntry>) {
        self.waiting.borrow_mut().extend(entries);
    }

    fn pop(&self) -> Option<ProviderEntry> {
        self.waiting.borrow_mut().pop_front()
    }
}

impl ExternalAuthStore {
    /// Asks these providers live, a few at a time, each shown as it arrives.
    pub(super) fn read_live(self, entries: impl IntoIterator<Item = ProviderEntry>) {
        self.inner.with_value(|inner| {
            let queue = &inner.live_queue;
            queue.push(entries);
            let waiting = queue.waiting.borrow().len();
            let new_workers = (AT_ONCE - queue.workers.get()).min(waiting);
            queue.workers.set(queue.workers.get() + new_workers);
            for _ in 0..new_workers {
                spawn_local(self.work_live_queue());
            }
        });
    }

    async fn work_live_queue(self) {
        let next = || self.inner.try_with_value(|inner| inner.live_queue.pop());
        while let Some(Some(entry)) = next() {
            // A failure is kept with the entry; nobody waits for it here.
            let _ = self.read_external_auth(&entry).await;
        }
        self.inner.try_with_value(|inner| {
            let workers = &inner.live_queue.workers;
            workers.set(workers.get().saturating_sub(1));
        });
    }
}
