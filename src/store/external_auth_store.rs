use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;

use external_auth_core::wire::ExternalAuthList;
use external_auth_core::{
    ApiError, ApiErrorKind, Timestamp, WindowEvent, provider_names, sorted_by_state,
};
use futures_util::FutureExt;
use futures_util::future::Shared;
use gloo_timers::callback::{Interval, Timeout};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::live_queue::LiveQueue;
use super::window_link::RunningWindowLink;
use super::{DeviceLink, ProviderEntry, WindowLinkShown};
use crate::Config;
use crate::api::Client;
use crate::platform::{AnnounceChannel, TimeWords, hold_focus, now};

/// After this long the page says that providers are still being asked.
const SLOW_AFTER_MS: u32 = 5_000;
/// The step of all relative times: their smallest unit is the minute.
const TICK_MS: u32 = 30_000;

/// What is on the page now.
#[derive(Clone, Copy)]
pub struct ExternalAuthStore {
    /// How loading the list stands.
    pub list: RwSignal<ListStatus>,
    /// The rows, in the order in which they are shown.
    pub entries: RwSignal<Vec<ProviderEntry>>,
    /// Whether the session is gone (`401`): then nothing more is asked.
    pub session_ended: RwSignal<bool>,
    /// What a screen reader says next, politely.
    pub announcement: RwSignal<String>,
    /// The present instant, as often as relative times need it.
    pub now: RwSignal<Timestamp>,
    /// The provider whose unlinking waits for a confirmation.
    pub unlink_candidate: RwSignal<Option<ProviderEntry>>,
    /// The provider whose device dialog is open.
    pub device_candidate: RwSignal<Option<ProviderEntry>>,
    /// The redirect flow that runs in a window.
    pub window_link: RwSignal<Option<WindowLinkShown>>,
    /// The provider that shall be linked while another one is being linked.
    pub window_conflict: RwSignal<Option<ProviderEntry>>,
    pub(super) device_link: StoredValue<Option<DeviceLink>, LocalStorage>,
    pub(super) inner: StoredValue<Inner, LocalStorage>,
}

/// How loading the list stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListStatus {
    /// A request is running.
    pub loading: bool,
    /// It has been running for some seconds.
    pub slow: bool,
    /// A list is on the page, from now or from before.
    pub loaded: bool,
    /// Why the last request failed.
    pub error: Option<ApiError>,
}

type SharedLoad = Shared<Pin<Box<dyn Future<Output = bool>>>>;

/// What no component needs to see.
pub(super) struct Inner {
    pub(super) config: Config,
    pub(super) client: Rc<Client>,
    pub(super) live_queue: LiveQueue,
    pub(super) window_link: RefCell<Option<RunningWindowLink>>,
    /// The one provider that a page of its own is about; the others are not
    /// asked live then.
    pub(super) single: RefCell<Option<Arc<str>>>,
    channel: RefCell<Option<AnnounceChannel>>,
    time_words: Rc<TimeWords>,
    running_load: RefCell<Option<SharedLoad>>,
    order: Cell<u64>,
    _ticker: Interval,
}

impl ExternalAuthStore {
    /// An empty store for the deployment that `config` names. It belongs to
    /// the present reactive owner and ends with it.
    #[must_use]
    pub fn new(config: Config) -> Self {
        let clock = RwSignal::new(now());
        let inner = Inner {
            client: Rc::new(Client::new(config.base_url.clone())),
            config,
            live_queue: LiveQueue::default(),
            window_link: RefCell::new(None),
            single: RefCell::new(None),
            channel: RefCell::new(None),
            time_words: Rc::new(TimeWords::default()),
            running_load: RefCell::new(None),
            order: Cell::new(0),
            _ticker: Interval::new(TICK_MS, move || {
                clock.try_set(now());
            }),
        };
        let store = Self {
            list: RwSignal::new(ListStatus::default()),
            entries: RwSignal::new(Vec::new()),
            session_ended: RwSignal::new(false),
            announcement: RwSignal::new(String::new()),
            now: clock,
            unlink_candidate: RwSignal::new(None),
            device_candidate: RwSignal::new(None),
            window_link: RwSignal::new(None),
            window_conflict: RwSignal::new(None),
            device_link: StoredValue::new_local(None),
            inner: StoredValue::new_local(inner),
        };
        let channel = AnnounceChannel::open(move |provider| store.link_hint(&provider));
        store
            .inner
            .with_value(|inner| inner.channel.replace(channel));
        store
    }

    /// Begins the device flow for a provider, in the present reactive owner.
    #[must_use]
    pub fn begin_device_link(self, entry: ProviderEntry) -> DeviceLink {
        let link = DeviceLink::begin(self, entry);
        self.device_link.set_value(Some(link.clone()));
        on_cleanup(move || {
            let _ = self.device_link.try_set_value(None);
        });
        link
    }

    pub(super) fn tell_other_tabs(self, provider: &str) {
        self.inner.with_value(|inner| {
            if let Some(channel) = &*inner.channel.borrow() {
                channel.send(provider);
            }
        });
    }

    /// Whether the list is being loaded.
    pub(super) fn is_loading(self) -> bool {
        self.inner
            .with_value(|inner| inner.running_load.borrow().is_some())
    }

    /// How the page is set up.
    #[must_use]
    pub fn config(self) -> Config {
        self.inner.with_value(|inner| inner.config.clone())
    }

    /// Writes instants in words.
    #[must_use]
    pub fn time_words(self) -> Rc<TimeWords> {
        self.inner.with_value(|inner| Rc::clone(&inner.time_words))
    }

    /// An origin for a path of [`routes`](external_auth_core::routes).
    #[must_use]
    pub fn deployment_url(self, path: &str) -> String {
        self.inner
            .with_value(|inner| format!("{}{path}", inner.config.base_url))
    }

    pub(super) fn client(self) -> Rc<Client> {
        self.inner.with_value(|inner| Rc::clone(&inner.client))
    }

    /// The next number in the order of readings.
    pub(super) fn next_order(self) -> u64 {
        self.inner.with_value(|inner| {
            inner.order.set(inner.order.get() + 1);
            inner.order.get()
        })
    }

    /// Loads the list, or joins the load that is running: the server must not
    /// be asked twice at once. True when a list came. The load goes on also
    /// when nobody waits for it.
    pub fn load(self) -> impl Future<Output = bool> + use<> {
        let running = self
            .inner
            .with_value(|inner| inner.running_load.borrow().clone());
        running.unwrap_or_else(|| {
            let load: Pin<Box<dyn Future<Output = bool>>> = Box::pin(self.run_load());
            let load = load.shared();
            self.inner
                .with_value(|inner| inner.running_load.replace(Some(load.clone())));
            spawn_local(load.clone().map(|_| ()));
            load
        })
    }

    async fn run_load(self) -> bool {
        let order = self.next_order();
        self.list.update(|list| {
            list.loading = true;
            list.slow = false;
        });
        let status = self.list;
        let slow = Timeout::new(SLOW_AFTER_MS, move || {
            status.try_update(|list| list.slow = list.loading);
        });
        let answer = self.client().list().await;
        drop(slow);

        // The page may have gone in the meantime, and the store with it.
        let alive = self
            .inner
            .try_with_value(|inner| inner.running_load.replace(None))
            .is_some();
        if !alive {
            return false;
        }
        let loaded = answer.is_ok();
        let error = match answer {
            Ok(list) => {
                self.show(list, order);
                None
            }
            Err(error) => {
                self.notice_session_end(&error);
                Some(error)
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

    /// Puts a list on the page. Rows that were there stay the same rows.
    fn show(self, list: ExternalAuthList, order: u64) {
        let read_at = now();
        self.now.set(read_at);
        self.session_ended.set(false);
        let known = self.entries.get_untracked();
        let entry_of = |id: &str| {
            let found = known.iter().find(|entry| *entry.id == *id);
            found
                .cloned()
                .unwrap_or_else(|| ProviderEntry::new(id, self.now))
        };

        let ExternalAuthList {
            providers,
            mut links,
        } = list;
        let names = provider_names(&providers);
        let mut entries = Vec::with_capacity(providers.len());
        for (provider, name) in providers.into_iter().zip(names) {
            let entry = entry_of(&provider.id);
            let link = links
                .iter()
                .position(|link| link.provider_id == provider.id);
            let link = link.map(|position| links.swap_remove(position));
            if *entry.name.read_untracked() != name {
                entry.name.set(name);
            }
            (entry.knowledge.write()).take_list(Some(provider), link, order, read_at);
            entries.push(entry);
        }
        // What is left has no provider. An orphan goes by its id.
        for link in links {
            let entry = entry_of(&link.provider_id);
            (entry.knowledge.write()).take_list(None, Some(link), order, read_at);
            entries.push(entry);
        }

        let entries = sorted_by_state(&entries, |entry| entry.state.get_untracked());
        let single = self.inner.with_value(|inner| inner.single.borrow().clone());
        let says_more = |entry: &&ProviderEntry| {
            entry.knowledge.read_untracked().says_more_live()
                && single.as_ref().is_none_or(|single| *single == entry.id)
        };
        let live: Vec<_> = entries.iter().filter(says_more).cloned().collect();
        // Rows that change places lose the focus.
        hold_focus();
        self.entries.set(entries);
        self.read_live(live);
    }

    /// `401` means that the session is gone: what is on the page stays, and
    /// nothing more is asked by itself.
    pub(super) fn notice_session_end(self, error: &ApiError) {
        if error.kind == ApiErrorKind::Unauthorized {
            self.end_session();
        }
    }

    /// The session is gone: nothing more is asked by itself.
    pub(super) fn end_session(self) {
        self.session_ended.set(true);
        self.inner.with_value(|inner| inner.live_queue.clear());
        self.window_event(WindowEvent::SessionEnded);
    }
}
