use std::cell::{Cell, RefCell};
use std::rc::Rc;

use external_auth_core::{
    ApiErrorKind, DeviceAnswer, DeviceEffect, DeviceEnd, DeviceEvent, DeviceFlow, DeviceView,
    LinkEvidence, LinkHealth, LinkSnapshot, LinkVerdict, PollingHealth,
};
use gloo_timers::callback::Interval;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{ExternalAuthStore, ProviderEntry};
use crate::platform::{Acquire, Listener, LockNews, PollingLock, moment};
use crate::session::{ActingPerson, PersonCheck};
use crate::text;

/// Often enough for a countdown by the second. The flow itself knows when a
/// poll is due; a tick that comes late, from a tab that is throttled, only
/// makes it later.
const TICK_MS: u32 = 1_000;

/// A device flow that runs on this page. It belongs to the reactive owner in
/// which it begins, the dialog's, and ends with it: no timer, no listener and
/// no right to poll outlives it.
#[derive(Clone)]
pub struct DeviceLink {
    /// The provider to link.
    pub entry: ProviderEntry,
    /// What to show.
    pub shown: RwSignal<DeviceShown>,
    /// How long the code is still good for, in seconds; none without a code.
    pub seconds_left: RwSignal<Option<u64>>,
    store: ExternalAuthStore,
    inner: StoredValue<Inner, LocalStorage>,
}

/// What a person is shown of a device flow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeviceShown {
    /// Another tab links the same provider.
    InAnotherTab,
    /// The other tab has stopped; this one can begin.
    OtherTabStopped,
    /// A code is on its way.
    Requesting,
    /// The code is to be typed in at the provider.
    Waiting {
        /// What to type.
        user_code: String,
        /// Where to type it, as the provider names it.
        verification_uri: String,
        /// How polling goes.
        health: PollingHealth,
    },
    /// The end is being made sure of.
    Confirming,
    /// It is over.
    Ended(DeviceEnd),
}

/// Set when the link is there that it ticks.
type Tick = Rc<RefCell<Option<Box<dyn Fn()>>>>;

struct Inner {
    /// None while this tab does not have the right to poll, unless it is over.
    flow: RefCell<Option<DeviceFlow>>,
    /// Which flow it is: what comes to an earlier one is not for this one.
    number: Cell<u64>,
    /// For whom the code is.
    person: Cell<ActingPerson>,
    before: LinkSnapshot,
    /// Whether an exchange was answered with `204`; no list was read since.
    exchanged: Cell<bool>,
    _ticker: Interval,
    _listeners: [Listener; 3],
    lock: RefCell<Option<PollingLock>>,
}

impl ExternalAuthStore {
    /// Transition.
    pub fn begin_device_link(self, entry: ProviderEntry) -> DeviceLink {
        let link = DeviceLink::begin(self, entry);
        self.device_link.set_value(Some(link.clone()));
        on_cleanup(move || {
            let _ = self.device_link.try_set_value(None);
        });
        link
    }
}

impl DeviceLink {
    /// Begins to link a provider, or waits for the tab that does so already.
    #[must_use]
    pub fn begin(store: ExternalAuthStore, entry: ProviderEntry) -> Self {
        let tick: Tick = Rc::default();
        let on_event = || {
            let tick = Rc::clone(&tick);
            move |_: web_sys::Event| {
                if let Some(tick) = &*tick.borrow() {
                    tick();
                }
            }
        };
        // The page comes into sight, the person comes back, the network does.
        let listeners = [
            Listener::new(&document(), "visibilitychange", on_event()),
            Listener::new(&window(), "focus", on_event()),
            Listener::new(&window(), "online", on_event()),
        ];
        let ticker = Interval::new(TICK_MS, {
            let tick = Rc::clone(&tick);
            move || {
                if let Some(tick) = &*tick.borrow() {
                    tick();
                }
            }
        });
        let link = Self {
            shown: RwSignal::new(DeviceShown::Requesting),
            seconds_left: RwSignal::new(None),
            store,
            inner: StoredValue::new_local(Inner {
                flow: RefCell::new(None),
                number: Cell::new(0),
                person: Cell::new(store.acting_person()),
                before: store.link_snapshot(&entry),
                exchanged: Cell::new(false),
                _ticker: ticker,
                _listeners: listeners,
                lock: RefCell::new(None),
            }),
            entry,
        };
        tick.replace(Some(Box::new({
            let link = link.clone();
            move || link.handle(DeviceEvent::Tick)
        })));
        link.acquire(Acquire::IfFree);
        link
    }

    /// Asks for a new code, after an end or instead of a tab that stopped.
    pub fn renew(&self) {
        self.acquire(Acquire::IfFree);
    }

    /// Begins here, instead of in the tab that links the same provider; that
    /// one stops.
    pub fn take_over(&self) {
        self.acquire(Acquire::Steal);
    }

    /// Asks for the right to poll; all else follows from what becomes of it.
    fn acquire(&self, acquire: Acquire) {
        self.shown.set(DeviceShown::Requesting);
        let base = self.store.config().base_url;
        let link = self.clone();
        let on_news = move |news| link.take_news(news);
        let lock = PollingLock::request(&base, &self.entry.id, acquire, on_news);
        self.inner
            .with_value(|inner| inner.lock.replace(Some(lock)));
    }

    fn take_news(&self, news: LockNews) {
        if self.inner.is_disposed() {
            return;
        }
        match news {
            LockNews::Granted => self.start_flow(),
            LockNews::HeldElsewhere => {
                self.drop_flow();
                self.seconds_left.set(None);
                self.shown.set(DeviceShown::InAnotherTab);
            }
            // After a wait the person may be elsewhere: a code would only run out.
            LockNews::Free => self.shown.set(DeviceShown::OtherTabStopped),
        }
    }

    /// Another tab says that the link may have changed: look. `returned`: the
    /// return page of a redirect flow says so.
    pub(crate) fn hint(&self, returned: bool) {
        let link = self.clone();
        let evidence = if returned {
            LinkEvidence::ReturnPage
        } else {
            LinkEvidence::None
        };
        spawn_local(async move {
            match link.judge(evidence).await {
                LinkVerdict::Linked => link.see_link(),
                LinkVerdict::Works if link.waits_for_another_tab() => {
                    link.end(&DeviceEnd::Unconfirmed(String::new()));
                }
                _ => {}
            }
        });
    }

    fn waits_for_another_tab(&self) -> bool {
        let shown = self.shown.try_get_untracked();
        matches!(
            shown,
            Some(DeviceShown::InAnotherTab | DeviceShown::OtherTabStopped)
        )
    }

    fn see_link(&self) {
        if self.has_flow() {
            self.handle(DeviceEvent::LinkSeen);
        } else if !self.inner.is_disposed() {
            self.end(&DeviceEnd::Linked);
        }
    }

    /// A flow that was given up a moment too late has linked all the same.
    fn see_late_link(&self) {
        if self.inner.is_disposed() {
            let before = self.store.link_snapshot(&self.entry);
            self.store.finish_link(self.entry.clone(), before, true);
        } else {
            self.see_link();
        }
    }

    /// The person for whom it was begun is not signed in any more.
    pub(crate) fn end_for_another_person(&self) {
        self.handle(DeviceEvent::SessionEnded);
        let candidate = self.store.device_candidate;
        if candidate.get_untracked().is_some() {
            candidate.set(None);
        }
    }

    fn start_flow(&self) {
        self.drop_flow();
        let (flow, effect) = DeviceFlow::start();
        let person = self.store.acting_person();
        self.inner.with_value(|inner| {
            inner.person.set(person);
            inner.flow.replace(Some(flow));
        });
        self.show();
        self.perform(effect);
    }

    fn has_flow(&self) -> bool {
        self.inner
            .try_with_value(|inner| inner.flow.borrow().is_some())
            .unwrap_or(false)
    }

    /// What is still on its way to the flow is not for the next one.
    fn drop_flow(&self) {
        self.inner.with_value(|inner| {
            inner.flow.replace(None);
            inner.number.set(inner.number.get() + 1);
        });
    }

    fn number(&self) -> Option<u64> {
        self.inner.try_with_value(|inner| inner.number.get())
    }

    fn handle(&self, event: DeviceEvent) {
        let effect = self.inner.try_with_value(|inner| {
            let mut flow = inner.flow.borrow_mut();
            flow.as_mut().and_then(|flow| flow.handle(event, moment()))
        });
        // None when the dialog is gone, and the flow with it.
        let Some(effect) = effect else { return };
        self.show();
        if let Some(effect) = effect {
            self.perform(effect);
        }
    }

    fn show(&self) {
        let (shown, left) = self.inner.with_value(|inner| {
            let flow = inner.flow.borrow();
            let flow = flow.as_ref();
            (
                flow.map(|flow| owned(flow.view())),
                flow.and_then(|flow| flow.time_left(moment())),
            )
        });
        let Some(shown) = shown else { return };
        let left = left.map(|left| left.as_secs());
        if self.seconds_left.get_untracked() != left {
            self.seconds_left.set(left);
        }
        if *self.shown.read_untracked() == shown {
            return;
        }
        match shown {
            DeviceShown::Ended(end) => self.end(&end),
            shown => self.shown.set(shown),
        }
    }

    /// It is over: another tab may link the same provider now.
    fn end(&self, end: &DeviceEnd) {
        self.shown.set(DeviceShown::Ended(end.clone()));
        let lock = self.inner.with_value(|inner| inner.lock.replace(None));
        drop(lock);
        if *end == DeviceEnd::Linked {
            let (before, exchanged) = self
                .inner
                .with_value(|inner| (inner.before.clone(), inner.exchanged.get()));
            let list_is_old = exchanged || before.health == LinkHealth::Absent;
            self.store
                .finish_link(self.entry.clone(), before, list_is_old);
        }
    }

    async fn judge(&self, evidence: LinkEvidence) -> LinkVerdict {
        let before = self.inner.try_with_value(|inner| inner.before.clone());
        match before {
            Some(before) => self.store.judge_link(&self.entry, &before, evidence).await,
            None => LinkVerdict::NotKnown,
        }
    }

    fn perform(&self, effect: DeviceEffect) {
        let link = self.clone();
        let client = self.store.client();
        let number = self.number();
        let is_current = {
            let link = self.clone();
            move || number.is_some() && link.number() == number
        };
        let person = self.inner.try_with_value(|inner| inner.person.get());
        let person = person.unwrap_or_else(|| self.store.acting_person());
        spawn_local(async move {
            let event = match effect {
                DeviceEffect::RequestCode => {
                    let authorization = match person.confirm(false).await {
                        PersonCheck::Same => client.device_authorization(&link.entry.id).await,
                        PersonCheck::Other => {
                            return link.store.tell_nothing_changed(&link.entry.id);
                        }
                        PersonCheck::Unknown(error) => Err(error),
                    };
                    match authorization {
                        Ok(authorization) => {
                            let address = authorization.verification_uri.clone();
                            link.entry.set_verification_uri(address);
                            DeviceEvent::CodeReceived(authorization)
                        }
                        Err(error) => {
                            link.store.notice_session_end(&error);
                            if error.kind == ApiErrorKind::Unauthorized {
                                DeviceEvent::SessionEnded
                            } else {
                                DeviceEvent::CodeRefused(text::device_code_refused(&error))
                            }
                        }
                    }
                }
                DeviceEffect::Poll { device_code } => {
                    let (may_send, not_confirmed) = person.gate(is_current.clone());
                    let answer = client
                        .exchange_device_code(&link.entry.id, &device_code, &may_send)
                        .await;
                    let answer = match (answer, not_confirmed.take()) {
                        (None, _) if !person.is_still_there() => {
                            return link.store.tell_nothing_changed(&link.entry.id);
                        }
                        // It was for somebody who is not signed in any more.
                        (Some(_), _) if !person.is_still_there() => return,
                        (Some(answer), _) => answer,
                        // Nobody says who is signed in: as when nobody answers.
                        (None, Some(error)) => DeviceAnswer::of_failure(&error, "", &device_code),
                        (None, None) => return,
                    };
                    link.store.notice_proxy();
                    if answer == DeviceAnswer::Unauthorized {
                        link.store.end_session();
                    }
                    if answer == DeviceAnswer::Linked {
                        link.inner.try_with_value(|inner| inner.exchanged.set(true));
                        if !is_current() {
                            link.see_late_link();
                            return;
                        }
                    }
                    DeviceEvent::PollAnswered(answer)
                }
                DeviceEffect::Confirm(evidence) => {
                    DeviceEvent::Confirmed(link.judge(evidence).await)
                }
            };
            if is_current() {
                link.handle(event);
            }
        });
    }
}

fn owned(view: DeviceView<'_>) -> DeviceShown {
    match view {
        DeviceView::Requesting => DeviceShown::Requesting,
        DeviceView::Waiting {
            authorization,
            polling,
        } => DeviceShown::Waiting {
            user_code: authorization.user_code.clone(),
            verification_uri: authorization.verification_uri.clone(),
            health: polling,
        },
        DeviceView::Confirming => DeviceShown::Confirming,
        DeviceView::Ended(end) => DeviceShown::Ended(end.clone()),
    }
}
