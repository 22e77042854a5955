use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use external_auth_core::{Origins, PersonNotice, RevocationWarning, Timestamp};
use gloo_timers::callback::Interval;
use leptos::prelude::*;
use leptos::reactive::owner::WeakOwner;

use super::ListStatus;
use super::background::BACKGROUND;
use super::live::{CheckAll, LiveQueue};
use super::observers::Observers;
use super::person::Person;
use super::revocation_warnings::UnkeptWarnings;
use super::row_signals::RowSignals;
use super::tab_return::TabReturnWatch;
use crate::Config;
use crate::api::{Client, SingleFlight};
use crate::chunk::Chunk;
use crate::platform::{AnnounceChannel, Listener, is_visible, now, origins};
use crate::reactive::Shared;
use crate::session::ProviderRow;

/// The interval at which relative times are updated. Their smallest unit is
/// the minute.
const TICK_MS: u32 = 30_000;

/// What is known of a deployment's providers, for the person who is signed
/// in. Its signals are read-only outside of this module.
#[derive(Clone, Copy)]
pub struct Session {
    /// The status of the list.
    pub list: ReadSignal<ListStatus>,
    /// The rows, in display order.
    pub rows: ReadSignal<Vec<ProviderRow>>,
    /// Whether the session has ended (`401`). Then nothing more is requested.
    pub session_ended: ReadSignal<bool>,
    /// Whether a proxy in front of the deployment requires a sign-in. The page
    /// must then be loaded again.
    pub signed_out_at_proxy: ReadSignal<bool>,
    /// The notice that another person is signed in, until it is dismissed.
    pub person_notice: ReadSignal<Option<PersonNotice>>,
    /// Removed links whose tokens may still be valid.
    pub warnings: ReadSignal<Vec<RevocationWarning>>,
    /// The progress of checking all providers, while that runs.
    pub check_all: ReadSignal<Option<CheckAll>>,
    /// The current instant, updated as often as relative times need it.
    pub now: ReadSignal<Timestamp>,
    pub(super) inner: Shared<Inner>,
}

/// The write halves of the session's signals.
#[derive(Clone, Copy)]
pub(super) struct Writers {
    pub(super) list: WriteSignal<ListStatus>,
    pub(super) rows: WriteSignal<Vec<ProviderRow>>,
    pub(super) session_ended: WriteSignal<bool>,
    pub(super) signed_out_at_proxy: WriteSignal<bool>,
    pub(super) person_notice: WriteSignal<Option<PersonNotice>>,
    pub(super) warnings: WriteSignal<Vec<RevocationWarning>>,
    pub(super) check_all: WriteSignal<Option<CheckAll>>,
    pub(super) now: WriteSignal<Timestamp>,
}

/// The state that no view reads.
pub(super) struct Inner {
    pub(super) write: Writers,
    /// Origin of the deployment, as in [`Config::base_url`].
    base_url: Arc<str>,
    origins: Rc<Origins>,
    /// Whether a session token identifies the person, instead of a cookie that
    /// all tabs of the browser share.
    pub(super) has_session_token: bool,
    pub(super) client: Rc<Client>,
    pub(super) live_queue: LiveQueue,
    /// The provider that the page is about. The others are then not asked live.
    pub(super) single: RefCell<Option<Arc<str>>>,
    /// Whether the session does what it does without being asked.
    pub(super) has_background: Cell<bool>,
    pub(super) channel: RefCell<Option<AnnounceChannel>>,
    pub(super) running_load: SingleFlight<bool>,
    /// All rows that were made, by their numbers.
    pub(super) all_rows: RefCell<Vec<ProviderRow>>,
    pub(super) row_signals: RowSignals,
    /// The sequence number of the shown list.
    pub(super) list_sequence: Cell<u64>,
    last_sequence: Cell<u64>,
    /// The last sequence number when the session was found to have ended.
    pub(super) session_ended_at: Cell<u64>,
    /// Whether a view reports which cards are near the viewport.
    pub(super) watches: Cell<bool>,
    pub(super) observers: Observers,
    pub(super) person: Rc<Person>,
    pub(super) unkept_warnings: UnkeptWarnings,
    pub(super) storage_listener: RefCell<Option<Listener>>,
    pub(super) tab_return: RefCell<Option<TabReturnWatch>>,
    /// The running linking flows. A return to the tab is part of them.
    pub(super) flows: Rc<Cell<usize>>,
    /// Whether the list is loaded automatically, not for a person.
    pub(super) is_quiet: Cell<bool>,
    /// The rows belong to the session, no matter which owner is current.
    pub(super) owner: WeakOwner,
    _ticker: Interval,
    _visibility: Listener,
}

impl Session {
    /// A session at the deployment of `config`. Nothing is known of it yet. It
    /// belongs to the current reactive owner and ends with it.
    #[must_use]
    pub fn new(config: &Config) -> Self {
        let client = Rc::new(Client::new(config));
        let (list, write_list) = signal(ListStatus::default());
        let (rows, write_rows) = signal(Vec::<ProviderRow>::new());
        let (session_ended, write_session_ended) = signal(false);
        let (signed_out_at_proxy, write_signed_out_at_proxy) = signal(false);
        let (person_notice, write_person_notice) = signal(None);
        let (warnings, write_warnings) = signal(Vec::new());
        let (check_all, write_check_all) = signal(None);
        let (clock, write_now) = signal(now());
        let tick = {
            let client = Rc::clone(&client);
            move || {
                let now = now().plus_ms(client.clock_offset());
                write_now.try_set(now);
                for row in rows.try_get_untracked().unwrap_or_default() {
                    row.set_now(now);
                }
            }
        };
        let person = Rc::<Person>::default();
        let inner = Inner {
            write: Writers {
                list: write_list,
                rows: write_rows,
                session_ended: write_session_ended,
                signed_out_at_proxy: write_signed_out_at_proxy,
                person_notice: write_person_notice,
                warnings: write_warnings,
                check_all: write_check_all,
                now: write_now,
            },
            base_url: Arc::clone(&config.base_url),
            origins: Rc::new(origins(&config.base_url)),
            has_session_token: config.session_token().is_some(),
            client,
            live_queue: LiveQueue::default(),
            single: RefCell::new(None),
            has_background: Cell::new(false),
            channel: RefCell::new(None),
            running_load: SingleFlight::default(),
            all_rows: RefCell::default(),
            row_signals: RowSignals::new(),
            list_sequence: Cell::new(0),
            last_sequence: Cell::new(0),
            session_ended_at: Cell::new(0),
            watches: Cell::new(false),
            observers: Observers::default(),
            person: Rc::clone(&person),
            unkept_warnings: UnkeptWarnings::default(),
            storage_listener: RefCell::new(None),
            tab_return: RefCell::new(None),
            flows: Rc::default(),
            is_quiet: Cell::new(false),
            owner: Owner::current().unwrap_or_default().downgrade(),
            _ticker: Interval::new(TICK_MS, tick.clone()),
            // Timers stop while a computer sleeps.
            _visibility: Listener::new(&document(), "visibilitychange", move |_| {
                if !is_visible() {
                    person.see_hidden();
                }
                tick();
            }),
        };
        let session = Self {
            list,
            rows,
            session_ended,
            signed_out_at_proxy,
            person_notice,
            warnings,
            check_all,
            now: clock,
            inner: Shared::new(inner),
        };
        Chunk::when_ready(&BACKGROUND, move |background| background.start(session));
        session
    }

    /// Whether the session has the deployment and the credentials of `config`.
    #[must_use]
    pub fn is_of(self, config: &Config) -> bool {
        self.client().is_of(config)
    }

    /// Whether the session is over because no view shows it any longer.
    pub(crate) fn is_gone(self) -> bool {
        self.inner.is_disposed()
    }

    pub(super) fn write(self) -> Option<Writers> {
        self.inner.try_with_value(|inner| inner.write)
    }

    /// Stores a CSRF token that the embedding page provides, now or later.
    pub(crate) fn take_csrf_token(self, config: &Config) {
        let embedding = config.embedding.as_ref();
        if let Some(token) = embedding.and_then(|embedding| embedding.csrf_token.as_ref()) {
            self.client().set_csrf_token(token);
        }
    }

    /// Tells the other tabs that a link of this provider may have changed.
    pub(crate) fn tell_other_tabs(self, provider: &str) {
        let _ = self.inner.try_with_value(|inner| {
            if let Some(channel) = &*inner.channel.borrow() {
                channel.send(provider, false);
            }
        });
    }

    /// Origin of the deployment, as in [`Config::base_url`].
    #[must_use]
    pub fn base_url(self) -> Arc<str> {
        self.inner
            .try_with_value(|inner| Arc::clone(&inner.base_url))
            .unwrap_or_default()
    }

    /// The origins by which addresses from outside are judged.
    #[must_use]
    pub fn origins(self) -> Rc<Origins> {
        self.inner
            .try_with_value(|inner| Rc::clone(&inner.origins))
            .unwrap_or_default()
    }

    /// The absolute address of a path of
    /// [`routes`](external_auth_core::routes).
    #[must_use]
    pub fn deployment_url(self, path: &str) -> String {
        format!("{}{path}", self.base_url())
    }

    pub(crate) fn client(self) -> Rc<Client> {
        self.inner.with_value(|inner| Rc::clone(&inner.client))
    }

    /// The next sequence number. A request gets one when it is sent, so that
    /// answers can be put into the order of their requests.
    pub(crate) fn next_sequence(self) -> u64 {
        self.inner.with_value(|inner| {
            inner.last_sequence.set(inner.last_sequence.get() + 1);
            inner.last_sequence.get()
        })
    }

    pub(super) fn last_sequence(self) -> u64 {
        self.inner.with_value(|inner| inner.last_sequence.get())
    }

    /// The current instant by the deployment's clock, if it is known.
    #[must_use]
    pub fn read_clock(self) -> Timestamp {
        now().plus_ms(self.client().clock_offset())
    }

    /// Makes something that belongs to the session.
    pub(crate) fn with_owner<T>(self, make: impl FnOnce() -> T) -> T {
        let owner = self.inner.with_value(|inner| inner.owner.upgrade());
        match owner {
            Some(owner) => owner.with(make),
            None => make(),
        }
    }
}
