use external_auth_core::wire::ExternalAuthList;
use external_auth_core::{provider_names, sorted_by_state};
use futures_util::FutureExt;
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{ExternalAuthStore, ListStatus, ProviderEntry};
use crate::platform::FocusGuard;

/// After this long the page says that providers are still being asked.
const SLOW_AFTER_MS: u32 = 5_000;

impl ExternalAuthStore {
    /// Whether the list is being loaded.
    pub(super) fn is_loading(self) -> bool {
        self.inner
            .try_with_value(|inner| inner.running_load.running().is_some())
            .unwrap_or(false)
    }

    /// Loads the list, or joins the load that is running: the server must not
    /// be asked twice at once. True when a list came. The load goes on also
    /// when nobody waits for it. A load that got no answer in time is over: the
    /// next one sends a new request.
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

    /// Loads a list that is asked for after this moment: one that is running
    /// already may be from before something changed.
    pub(super) async fn load_anew(self) -> bool {
        if self.is_loading() {
            self.load().await;
        }
        !self.inner.is_disposed() && self.load().await
    }

    async fn run_load(self) -> bool {
        self.list.update(|list| {
            list.loading = !self.is_quiet();
            list.slow = false;
        });
        let status = self.list;
        let slow = Timeout::new(SLOW_AFTER_MS, move || {
            status.try_update(|list| list.slow = list.loading);
        });
        let (answer, order) = loop {
            // Taken when the request is sent: whatever is learned from here on is
            // newer than its answer.
            let order = self.next_order();
            let take_late = move |list| self.take_late_list(list, order);
            // It is sent right after the list, and nothing waits for it.
            self.ask_person_beside(order);
            let answer = self.client().list(take_late).await;
            // The page may have gone in the meantime, and the store with it.
            if self.inner.is_disposed() {
                return false;
            }
            // It may be for somebody who is not signed in any more.
            if order >= self.person_since() {
                break (answer, order);
            }
        };
        drop(slow);
        let loaded = answer.is_ok();
        let error = match answer {
            Ok(list) => {
                self.show(list, order);
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
        self.list.update(|list| {
            *list = ListStatus {
                loading: false,
                slow: false,
                loaded: list.loaded || loaded,
                error,
            };
        });
        loaded
    }

    /// Takes a list that came after its load was given up, unless a newer one is
    /// shown already.
    fn take_late_list(self, list: ExternalAuthList, order: u64) {
        let shown = self.inner.try_with_value(|inner| inner.list_order.get());
        if shown.is_none_or(|shown| order <= shown) {
            return;
        }
        self.show(list, order);
        self.list.update(|list| {
            list.loaded = true;
            list.error = None;
        });
    }

    /// Puts a list on the page. Rows that were there stay the same rows.
    fn show(self, list: ExternalAuthList, order: u64) {
        let read_at = self.read_clock();
        self.now.set(read_at);
        self.inner.with_value(|inner| inner.list_order.set(order));
        self.notice_session(order);
        let known = self.entries.get_untracked();
        let entry_of = |id: &str| {
            let found = known.iter().find(|entry| *entry.id == *id);
            found.cloned().unwrap_or_else(|| self.new_entry(id))
        };

        let ExternalAuthList {
            providers,
            mut links,
        } = list;
        let is_configured = |id: &str| providers.iter().any(|provider| *provider.id == *id);
        let orphan_ids: Vec<&str> = (links.iter().map(|link| link.provider_id.as_str()))
            .filter(|id| !is_configured(id))
            .collect();
        let mut names = provider_names(&providers, &orphan_ids).into_iter();
        let mut entries = Vec::with_capacity(names.len());
        let mut take = |id: &str, provider, link| {
            let entry = entry_of(id);
            let name = names.next().unwrap_or_default();
            if *entry.given_name.read_untracked() != name {
                entry.given_name.set(name);
            }
            entry.apply(read_at, |record| {
                record.take_list(provider, link, order, read_at);
            });
            entries.push(entry);
        };
        for provider in providers {
            let link = links
                .iter()
                .position(|link| link.provider_id == provider.id);
            // In their places stay the orphans, in their order.
            let link = link.map(|position| links.remove(position));
            take(&provider.id.clone(), Some(provider), link);
        }
        for link in links {
            take(&link.provider_id.clone(), None, Some(link));
        }

        let entries = sorted_by_state(&entries, ProviderEntry::status_untracked);
        let single = self.inner.with_value(|inner| inner.single.borrow().clone());
        for entry in &entries {
            let is_wanted = entry.record.read_untracked().says_more_live()
                && single.as_ref().is_none_or(|single| *single == entry.id);
            entry.live.update_value(|live| live.is_wanted = is_wanted);
        }
        // Rows that change places lose the focus.
        FocusGuard::anywhere().restore();
        self.entries.set(entries);
        self.read_live();
    }
}
