use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use external_auth_core::{PersonNotice, RevocationWarning, Timestamp, sorted_by_state};
use gloo_timers::callback::Interval;
use leptos::prelude::*;
use leptos::reactive::owner::WeakOwner;

use super::live::{CheckAll, LiveQueue};
use super::observers::Observers;
use super::person::Person;
use super::revocation_warnings::UnkeptWarnings;
use super::tab_return::TabReturnWatch;
use super::{ListStatus, SessionEvent};
use crate::Config;
use crate::api::{Client, SingleFlight};
use crate::platform::{AnnounceChannel, Listener, is_visible, now};
use crate::reactive::Shared;
use crate::session::ProviderRow;

/// The step of all relative times: their smallest unit is the minute.
const TICK_MS: u32 = 30_000;

/// What is known of a deployment's providers now, for the person who is signed
/// in. Its signals are read-only outside of this module.
#[derive(Clone, Copy)]
pub struct Session {
    /// How loading the list stands.
    pub list: ReadSignal<ListStatus>,
    /// The rows, in the order in which they are shown.
    pub rows: ReadSignal<Vec<ProviderRow>>,
    /// Whether the session has ended (`401`): then nothing more is asked.
    pub session_ended: ReadSignal<bool>,
    /// Whether a proxy in front of the deployment wants the person to sign in:
    /// the page must be loaded again for that.
    pub signed_out_at_proxy: ReadSignal<bool>,
    /// That another person was found to be signed in, until it is dismissed.
    pub person_notice: ReadSignal<Option<PersonNotice>>,
    /// Links that were removed and whose tokens may still be valid.
    pub warnings: ReadSignal<Vec<RevocationWarning>>,
    /// Checking all providers, while that runs.
    pub check_all: ReadSignal<Option<CheckAll>>,
    /// The present instant, as often as relative times need it.
    pub now: ReadSignal<Timestamp>,
    pub(super) inner: Shared<Inner>,
}

/// The other half of the session's signals.
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

/// What no view reads.
pub(super) struct Inner {
    pub(super) write: Writers,
    /// Origin of the deployment, as in [`Config::base_url`].
    base_url: Arc<str>,
    /// Whether a session token names the person, and not a cookie that the
    /// browser shares with other tabs.
    pub(super) has_session_token: bool,
    pub(super) client: Rc<Client>,
    pub(super) live_queue: LiveQueue,
    /// The one provider that the page is about; the others are not asked live
    /// then.
    pub(super) single: RefCell<Option<Arc<str>>>,
    channel: RefCell<Option<AnnounceChannel>>,
    pub(super) running_load: SingleFlight<bool>,
    /// The sequence number of the list that is shown.
    pub(super) list_sequence: Cell<u64>,
    last_sequence: Cell<u64>,
    /// The last sequence number that was given when the session was found to
    /// have ended.
    pub(super) session_ended_at: Cell<u64>,
    /// Whether a view tells which cards are near to be seen.
    pub(super) watches: Cell<bool>,
    pub(super) observers: Observers,
    pub(super) person: Rc<Person>,
    pub(super) unkept_warnings: UnkeptWarnings,
    pub(super) storage_listener: RefCell<Option<Listener>>,
    pub(super) tab_return: RefCell<Option<TabReturnWatch>>,
    /// How many linking flows run: while one does, coming back to the tab is
    /// part of it.
    pub(super) flows: Rc<Cell<usize>>,
    /// Whether no person asked for the list that is being loaded.
    pub(super) is_quiet: Cell<bool>,
    /// The rows belong to the session, whoever asked for them.
    owner: WeakOwner,
    _ticker: Interval,
    _visibility: Listener,
}

impl Session {
    /// A session at the deployment that `config` names, of which nothing is
    /// known yet. It belongs to the present reactive owner and ends with it.
    #[must_use]
    pub fn new(config: &Config) -> Self {
        let client = Rc::new(Client::new(config));
        let (list, write_list) = signal(ListStatus::default());
        let (rows, write_entries) = signal(Vec::<ProviderRow>::new());
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
                rows: write_entries,
                session_ended: write_session_ended,
                signed_out_at_proxy: write_signed_out_at_proxy,
                person_notice: write_person_notice,
                warnings: write_warnings,
                check_all: write_check_all,
                now: write_now,
            },
            base_url: Arc::clone(&config.base_url),
            has_session_token: config.session_token().is_some(),
            client,
            live_queue: LiveQueue::default(),
            single: RefCell::new(None),
            channel: RefCell::new(None),
            running_load: SingleFlight::default(),
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
            // Timers stand still while a computer sleeps.
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
        let channel = AnnounceChannel::open(session.base_url(), move |hint| {
            session.emit(&SessionEvent::LinkHint(hint));
        });
        session.inner.with_value(|inner| {
            inner.channel.replace(channel);
            inner.tab_return.replace(Some(TabReturnWatch::new(session)));
        });
        session
    }

    /// Whether the session is what `config` is about: the same deployment and the
    /// same credentials.
    #[must_use]
    pub fn is_of(self, config: &Config) -> bool {
        self.client().is_of(config)
    }

    /// Whether the session is over because nothing shows it any more.
    pub(crate) fn is_gone(self) -> bool {
        self.inner.is_disposed()
    }

    pub(super) fn write(self) -> Option<Writers> {
        self.inner.try_with_value(|inner| inner.write)
    }

    /// Takes a CSRF token that the embedding page gives, now or later.
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

    /// The absolute address of a path of [`routes`](external_auth_core::routes).
    #[must_use]
    pub fn deployment_url(self, path: &str) -> String {
        format!("{}{path}", self.base_url())
    }

    pub(crate) fn client(self) -> Rc<Client> {
        self.inner.with_value(|inner| Rc::clone(&inner.client))
    }

    /// The next sequence number. A question takes one when it is sent, so that
    /// the answers can be put in the order of the questions.
    pub(crate) fn next_sequence(self) -> u64 {
        self.inner.with_value(|inner| {
            inner.last_sequence.set(inner.last_sequence.get() + 1);
            inner.last_sequence.get()
        })
    }

    pub(super) fn last_sequence(self) -> u64 {
        self.inner.with_value(|inner| inner.last_sequence.get())
    }

    /// The present instant, by the deployment's clock as far as it is known.
    #[must_use]
    pub fn read_clock(self) -> Timestamp {
        now().plus_ms(self.client().clock_offset())
    }

    /// The row of a provider.
    #[must_use]
    pub fn row(self, id: &str) -> Option<ProviderRow> {
        let rows = self.rows.read_untracked();
        rows.iter().find(|row| *row.id == *id).cloned()
    }

    /// Makes a row, which belongs to the session.
    pub(super) fn new_row(self, id: &str) -> ProviderRow {
        let (owner, is_near) = self
            .inner
            .with_value(|inner| (inner.owner.upgrade(), !inner.watches.get()));
        let new = || ProviderRow::new(id, self, is_near);
        match owner {
            Some(owner) => owner.with(new),
            None => new(),
        }
    }

    /// Replaces the rows. Views are told before, because a row that changes its
    /// place loses the focus.
    pub(super) fn set_rows(self, rows: Vec<ProviderRow>) {
        self.emit(&SessionEvent::RowsChange);
        if let Some(write) = self.write() {
            write.rows.set(rows);
        }
    }

    /// Sorts the rows again, after a change that no list brought.
    pub(super) fn sort_rows(self) {
        let before = self.rows.get_untracked();
        let sorted = sorted_by_state(&before, ProviderRow::status_untracked);
        let mut pairs = before.iter().zip(&sorted);
        if pairs.any(|(before, now)| before.id != now.id) {
            self.set_rows(sorted);
        }
    }

    /// A view has ended: none of its cards is near to be seen any more.
    pub(crate) fn forget_view(self, view: u64) {
        for row in self.rows.try_get_untracked().unwrap_or_default() {
            let _ = (row.live).try_update_value(|live| live.set_near(view, false));
        }
    }
}
