use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use external_auth_core::{
    ApiError, ApiErrorKind, ListFilter, RevocationWarning, Timestamp, WindowEvent, sorted_by_state,
};
use gloo_timers::callback::Interval;
use leptos::prelude::*;
use leptos::reactive::owner::WeakOwner;

use super::check_all::CheckAll;
use super::coming_back::ComingBack;
use super::installing::Installing;
use super::live_queue::LiveQueue;
use super::person::Person;
use super::store_event::{Observers, StoreEvent};
use super::window_link::RunningWindowLink;
use super::{DeviceLink, ProviderEntry, WindowLinkShown};
use crate::Config;
use crate::api::{Client, SingleFlight};
use crate::platform::{
    AnnounceChannel, FocusGuard, Listener, NearViewport, TimeWords, is_visible, now,
};
use crate::reactive::unsubscribe_on_cleanup;

/// The step of all relative times: their smallest unit is the minute.
const TICK_MS: u32 = 30_000;

/// What is known of a deployment's providers now, and how one view of it
/// stands. There may be several views of what is known, as where two elements
/// are on a page: see [`view`](Self::view).
#[derive(Clone, Copy)]
pub struct ExternalAuthStore {
    /// How loading the list stands.
    pub list: RwSignal<ListStatus>,
    /// The rows, in the order in which they are shown.
    pub entries: RwSignal<Vec<ProviderEntry>>,
    /// Whether the session is gone (`401`): then nothing more is asked.
    pub session_ended: RwSignal<bool>,
    /// How often that happened: what was asked of the person before is void.
    pub person_changed: RwSignal<u64>,
    /// Of this view: what a screen reader says next, politely.
    pub announcement: RwSignal<String>,
    /// Of this view: what it says at once.
    pub alert: RwSignal<String>,
    /// Links that were removed and whose tokens may not be revoked.
    pub warnings: RwSignal<Vec<RevocationWarning>>,
    /// Checking all providers, while that runs.
    pub check_all: RwSignal<Option<CheckAll>>,
    /// Of this view: what is searched for in the list.
    pub query: RwSignal<String>,
    /// Of this view: which providers of the list are shown.
    pub filter: RwSignal<ListFilter>,
    /// Of this view: the ids of the providers that it is about; empty: all.
    pub only: RwSignal<Vec<String>>,
    /// The present instant, as often as relative times need it.
    pub now: RwSignal<Timestamp>,
    /// Of this view: the provider whose unlinking waits for a confirmation.
    pub unlink_candidate: RwSignal<Option<ProviderEntry>>,
    /// Of this view: the provider whose device dialog is open.
    pub device_candidate: RwSignal<Option<ProviderEntry>>,
    /// The redirect flow that runs in a window.
    pub window_link: RwSignal<Option<WindowLinkShown>>,
    /// The provider that shall be linked while another one is being linked.
    pub window_conflict: RwSignal<Option<ProviderEntry>>,
    pub(super) device_link: StoredValue<Option<DeviceLink>, LocalStorage>,
    pub(super) inner: StoredValue<Inner, LocalStorage>,
    /// Which view this is.
    pub(super) number: u64,
    own: StoredValue<Own, LocalStorage>,
    pub(super) viewport: StoredValue<Option<NearViewport>, LocalStorage>,
}

/// How one view is set up. All views of a store have the same session.
struct Own {
    config: Config,
    time_words: Rc<TimeWords>,
}

impl Own {
    fn new(config: &Config) -> Self {
        let embedding = config.embedding.as_ref();
        let locale = embedding.and_then(|embedding| embedding.locale.as_deref());
        Self {
            config: config.clone(),
            time_words: Rc::new(TimeWords::new(locale)),
        }
    }
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

/// What no component needs to see.
pub(super) struct Inner {
    pub(super) config: Config,
    pub(super) client: Rc<Client>,
    pub(super) live_queue: LiveQueue,
    pub(super) window_link: RefCell<Option<RunningWindowLink>>,
    /// The one provider that a page of its own is about; the others are not
    /// asked live then.
    pub(super) single: RefCell<Option<Arc<str>>>,
    /// Whether a proxy in front of the deployment wants the person to sign in.
    signed_out_at_proxy: RwSignal<bool>,
    /// That another person was found to be signed in, until it is dismissed.
    pub(super) person_notice: RwSignal<Option<String>>,
    channel: RefCell<Option<AnnounceChannel>>,
    pub(super) running_load: SingleFlight<bool>,
    /// The place in the order of questions of the list that is shown.
    pub(super) list_order: Cell<u64>,
    order: Cell<u64>,
    /// The latest request by the time that the session was found to be gone.
    session_ended_at: Cell<u64>,
    /// Whether it is told which cards are near to be seen.
    pub(super) watches: Cell<bool>,
    pub(super) observers: Observers,
    pub(super) person: Rc<Person>,
    /// Warnings of which it is not known yet for whom they are.
    pub(super) unkept_warnings: RefCell<Vec<RevocationWarning>>,
    pub(super) storage_listener: RefCell<Option<Listener>>,
    /// Where a person is on the way to install an app.
    pub(super) installing: RefCell<Option<Installing>>,
    pub(super) coming_back: RefCell<Option<ComingBack>>,
    /// Whether nobody has asked for the list that is being loaded.
    pub(super) is_quiet: Cell<bool>,
    /// Those that are of elements.
    pub(super) views: RefCell<Vec<ExternalAuthStore>>,
    /// The rows belong to the store, whoever brings them in.
    owner: WeakOwner,
    _ticker: Interval,
    _visibility: Listener,
}

impl ExternalAuthStore {
    /// An empty store for the deployment that `config` names. It belongs to
    /// the present reactive owner and ends with it.
    #[must_use]
    pub fn new(config: Config) -> Self {
        let client = Rc::new(Client::new(&config));
        let clock = RwSignal::new(now());
        let entries = RwSignal::new(Vec::<ProviderEntry>::new());
        let tick = {
            let client = Rc::clone(&client);
            move || {
                let now = now().plus_ms(client.clock_offset());
                clock.try_set(now);
                for entry in entries.try_get_untracked().unwrap_or_default() {
                    entry.update_state(now);
                }
            }
        };
        let own = StoredValue::new_local(Own::new(&config));
        let person = Rc::<Person>::default();
        let inner = Inner {
            client,
            live_queue: LiveQueue::default(),
            window_link: RefCell::new(None),
            single: RefCell::new(None),
            channel: RefCell::new(None),
            config,
            running_load: SingleFlight::default(),
            list_order: Cell::new(0),
            order: Cell::new(0),
            session_ended_at: Cell::new(0),
            watches: Cell::new(false),
            observers: Observers::default(),
            signed_out_at_proxy: RwSignal::new(false),
            person_notice: RwSignal::new(None),
            person: Rc::clone(&person),
            unkept_warnings: RefCell::new(Vec::new()),
            storage_listener: RefCell::new(None),
            installing: RefCell::new(None),
            coming_back: RefCell::new(None),
            is_quiet: Cell::new(false),
            views: RefCell::new(Vec::new()),
            owner: Owner::current().unwrap_or_default().downgrade(),
            _ticker: Interval::new(TICK_MS, tick.clone()),
            // Timers stand still while a computer sleeps.
            _visibility: Listener::new(&document(), "visibilitychange", move |_| {
                if !is_visible() {
                    person.see_hidden();
                }
                tick();
            }),
        };
        let store = Self {
            list: RwSignal::new(ListStatus::default()),
            entries,
            session_ended: RwSignal::new(false),
            person_changed: RwSignal::new(0),
            announcement: RwSignal::new(String::new()),
            alert: RwSignal::new(String::new()),
            warnings: RwSignal::new(Vec::new()),
            check_all: RwSignal::new(None),
            query: RwSignal::new(String::new()),
            filter: RwSignal::new(ListFilter::default()),
            only: RwSignal::new(Vec::new()),
            now: clock,
            unlink_candidate: RwSignal::new(None),
            device_candidate: RwSignal::new(None),
            window_link: RwSignal::new(None),
            window_conflict: RwSignal::new(None),
            device_link: StoredValue::new_local(None),
            inner: StoredValue::new_local(inner),
            number: 0,
            own,
            viewport: StoredValue::new_local(None),
        };
        let deployment = store.config().base_url;
        let channel = AnnounceChannel::open(deployment, move |hint| store.link_hint(&hint));
        store.inner.with_value(|inner| {
            inner.channel.replace(channel);
            inner.coming_back.replace(Some(ComingBack::watch(store)));
        });
        store
    }

    /// One more view of the same session: set up as `config` says, with a search,
    /// dialogs and a voice of its own. They belong to the present reactive owner.
    #[must_use]
    pub fn view(self, config: &Config) -> Self {
        self.take_csrf_token(config);
        let view = Self {
            announcement: RwSignal::new(String::new()),
            alert: RwSignal::new(String::new()),
            query: RwSignal::new(String::new()),
            filter: RwSignal::new(ListFilter::default()),
            only: RwSignal::new(Vec::new()),
            unlink_candidate: RwSignal::new(None),
            device_candidate: RwSignal::new(None),
            number: self.next_order(),
            own: StoredValue::new_local(Own::new(config)),
            viewport: StoredValue::new_local(None),
            ..self
        };
        self.inner
            .with_value(|inner| inner.views.borrow_mut().push(view));
        view
    }

    /// The rows that this view is about, whether the search shows them or not.
    #[must_use]
    pub fn rows(self) -> Vec<ProviderEntry> {
        let only = self.only.read();
        let entries = self.entries.read();
        let is_meant =
            |entry: &&ProviderEntry| only.is_empty() || only.iter().any(|id| **id == *entry.id);
        entries.iter().filter(is_meant).cloned().collect()
    }

    /// The same, for what is drawn in this view.
    pub(crate) fn each_row(self) -> impl Fn() -> Vec<ProviderEntry> + Clone + Send + 'static {
        move || {
            unsubscribe_on_cleanup();
            self.rows()
        }
    }

    /// Whether the search and the filter of this view show a row.
    #[must_use]
    pub fn shows(self, entry: &ProviderEntry) -> bool {
        let (state, warned) = entry.status();
        let query = self.query.read();
        self.filter.get().admits(state, warned) && (query.is_empty() || entry.is_found(&query))
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
                channel.send(provider, false);
            }
        });
    }

    /// How this view is set up.
    #[must_use]
    pub fn config(self) -> Config {
        // What began in a view may end after it.
        let own = self.own.try_with_value(|own| own.config.clone());
        own.unwrap_or_else(|| self.inner.with_value(|inner| inner.config.clone()))
    }

    /// Sets this view up anew, for the same session and language.
    pub(crate) fn set_config(self, config: &Config) {
        self.take_csrf_token(config);
        self.own.update_value(|own| own.config = config.clone());
    }

    fn take_csrf_token(self, config: &Config) {
        let embedding = config.embedding.as_ref();
        if let Some(token) = embedding.and_then(|embedding| embedding.csrf_token.as_ref()) {
            self.client().set_csrf_token(token);
        }
    }

    /// The level of a heading that has this one on a page of our own; none
    /// where it is that. A page that embeds has its own first heading.
    #[must_use]
    pub fn heading_level(self, on_our_page: u8) -> Option<String> {
        let is_embedded = self
            .inner
            .with_value(|inner| inner.config.embedding.is_some());
        is_embedded.then(|| (on_our_page + 1).to_string())
    }

    /// Writes instants in words.
    #[must_use]
    pub fn time_words(self) -> Rc<TimeWords> {
        self.own.with_value(|own| Rc::clone(&own.time_words))
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

    /// The present instant, by the deployment's clock as far as it is known.
    #[must_use]
    pub fn read_clock(self) -> Timestamp {
        now().plus_ms(self.client().clock_offset())
    }

    /// The row of a provider.
    pub(super) fn entry(self, id: &str) -> Option<ProviderEntry> {
        let entries = self.entries.read_untracked();
        entries.iter().find(|entry| *entry.id == *id).cloned()
    }

    /// Makes a row, which belongs to the store.
    pub(super) fn new_entry(self, id: &str) -> ProviderEntry {
        let (owner, is_near) = self
            .inner
            .with_value(|inner| (inner.owner.upgrade(), !inner.watches.get()));
        let new = || ProviderEntry::new(id, self, is_near);
        match owner {
            Some(owner) => owner.with(new),
            None => new(),
        }
    }

    /// Has a screen reader say something, politely.
    pub(crate) fn announce(self, words: String) {
        say(self.announcement, words);
    }

    /// Has a screen reader say something at once.
    pub(super) fn announce_now(self, words: String) {
        say(self.alert, words);
    }

    /// Puts the rows in their order again, after something else than a list
    /// has changed how they stand.
    pub(super) fn sort_entries(self) {
        let before = self.entries.get_untracked();
        let sorted = sorted_by_state(&before, ProviderEntry::status_untracked);
        let mut pairs = before.iter().zip(&sorted);
        if pairs.any(|(before, now)| before.id != now.id) {
            FocusGuard::anywhere().restore();
            self.entries.set(sorted);
        }
    }

    /// This view is gone: nothing of it is near to be seen any more.
    pub(crate) fn forget_view(self) {
        let _ = self.inner.try_with_value(|inner| {
            let mut views = inner.views.borrow_mut();
            views.retain(|view| view.number != self.number);
        });
        for entry in self.entries.try_get_untracked().unwrap_or_default() {
            let _ = (entry.live).try_update_value(|live| live.set_near(self.number, false));
        }
    }

    /// An answer says that there is a session, or was when it was asked for.
    pub(super) fn notice_session(self, order: u64) {
        self.notice_proxy();
        let is_later = |inner: &Inner| order > inner.session_ended_at.get();
        if self.session_ended.get_untracked() && self.inner.with_value(is_later) {
            self.session_ended.set(false);
        }
    }

    /// Whether the person has to sign in: then nothing is asked by itself.
    pub(super) fn is_signed_out(self) -> bool {
        self.session_ended.get_untracked() || untrack(|| self.is_signed_out_at_proxy())
    }

    /// `401` means that the session is gone: what is on the page stays, and
    /// nothing more is asked by itself.
    pub(super) fn notice_session_end(self, error: &ApiError) {
        self.notice_proxy();
        if error.kind == ApiErrorKind::Unauthorized {
            self.end_session();
        }
    }

    /// Whether a proxy in front of the deployment wants the person to sign in:
    /// the page must be loaded again for that.
    #[must_use]
    pub fn is_signed_out_at_proxy(self) -> bool {
        (self.inner)
            .try_with_value(|inner| inner.signed_out_at_proxy)
            .is_some_and(|signal| signal.get())
    }

    /// Whether a proxy in front of the deployment gave the last answer. Then
    /// nothing more is asked by itself, until the deployment answers again.
    pub(super) fn notice_proxy(self) {
        let is_signed_out = self.client().is_signed_out_at_proxy();
        if untrack(|| self.is_signed_out_at_proxy()) != is_signed_out {
            self.inner
                .with_value(|inner| inner.signed_out_at_proxy.set(is_signed_out));
        }
    }

    /// The session is gone: nothing more is asked by itself.
    pub(super) fn end_session(self) {
        self.inner
            .with_value(|inner| inner.session_ended_at.set(inner.order.get()));
        if !self.session_ended.get_untracked() {
            self.session_ended.set(true);
            self.emit(&StoreEvent::Unauthorized);
        }
        self.cancel_check_all();
        self.window_event(WindowEvent::SessionEnded);
    }
}

/// Sets the words of a live region, which is read out when it changes: also
/// when they are the same as before.
fn say(region: RwSignal<String>, words: String) {
    // The page may be gone by the time that there is something to say.
    region.try_update(|said| {
        let same = *said == words;
        *said = if same { words + "\u{a0}" } else { words };
    });
}
