use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use external_auth_core::{
    Acquire, ApiErrorKind, DeviceAnswer, DeviceEffect, DeviceEnd, DeviceEvent, DeviceFlow,
    DeviceView,
};
use futures_util::future::LocalBoxFuture;
use gloo_timers::callback::Interval;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::baseline::Baseline;
use super::link_report::{LinkReport, Reporter};
use super::{DeviceLink, LinkEnd, LinkOutcome, Linking};
use crate::platform::{Listener, PollingLock, moment};
use crate::session::{ActingPerson, FlowGuard, PersonCheck, ProviderRow};

/// Often enough for a countdown by the second. The flow itself knows when a
/// poll is due; a tick that comes late, from a tab that is throttled, only
/// makes it later.
const TICK_MS: u32 = 1_000;

/// The device flow behind a [`DeviceLink`]. Its timer, its listeners and its
/// right to poll end when it is closed or stopped.
pub(super) struct RunningDevice {
    pub(super) number: u64,
    baseline: Baseline,
    flow: RefCell<DeviceFlow>,
    /// For whom the code is.
    person: Cell<ActingPerson>,
    /// How many requests are on their way that may find another person.
    asking: Cell<u32>,
    shown: ArcRwSignal<DeviceView>,
    seconds_left: ArcRwSignal<Option<u64>>,
    report: Reporter,
    end: LinkEnd,
    lock: RefCell<Option<PollingLock>>,
    runs: RefCell<Option<Runs>>,
    this: Weak<Self>,
}

/// What lives as long as the link runs.
struct Runs {
    _ticker: Interval,
    _listeners: [Listener; 3],
    _busy: FlowGuard,
}

impl RunningDevice {
    /// Begins to link a provider, or waits for the tab that does so already.
    pub(super) fn begin(
        linking: Linking,
        number: u64,
        row: ProviderRow,
        report: Reporter,
    ) -> Rc<Self> {
        let session = linking.session();
        let (flow, effect) = DeviceFlow::start();
        let link = Rc::new_cyclic(|link: &Weak<Self>| {
            let tick = || {
                let link = link.clone();
                move || {
                    if let Some(link) = link.upgrade() {
                        link.handle(DeviceEvent::Tick);
                    }
                }
            };
            let on_event = || {
                let tick = tick();
                move |_: web_sys::Event| tick()
            };
            let runs = Runs {
                _ticker: Interval::new(TICK_MS, tick()),
                // The page comes into sight, the person comes back, the network does.
                _listeners: [
                    Listener::new(&document(), "visibilitychange", on_event()),
                    Listener::new(&window(), "focus", on_event()),
                    Listener::new(&window(), "online", on_event()),
                ],
                _busy: session.begin_flow(),
            };
            Self {
                number,
                baseline: Baseline::now(session, row),
                shown: ArcRwSignal::new(flow.view()),
                seconds_left: ArcRwSignal::new(None),
                flow: RefCell::new(flow),
                person: Cell::new(session.acting_person()),
                asking: Cell::new(0),
                report,
                end: LinkEnd::default(),
                lock: RefCell::new(None),
                runs: RefCell::new(Some(runs)),
                this: link.clone(),
            }
        });
        link.perform(effect);
        link
    }

    /// What the dialog shows it by.
    pub(super) fn handle_for(&self, linking: Linking) -> DeviceLink {
        DeviceLink {
            row: self.baseline.row.clone(),
            shown: self.shown.read_only(),
            seconds_left: self.seconds_left.read_only(),
            linking,
            number: self.number,
        }
    }

    /// The id of its provider.
    pub(super) fn provider(&self) -> &str {
        &self.baseline.row.id
    }

    /// What it comes to.
    pub(super) fn end(&self) -> LinkEnd {
        self.end.clone()
    }

    /// Hands an event to the flow, and does what it asks for.
    pub(super) fn handle(&self, event: DeviceEvent) {
        let effect = self.flow.borrow_mut().handle(event, moment());
        self.show();
        if let Some(effect) = effect {
            self.perform(effect);
        }
    }

    /// Nothing shows it any more.
    pub(super) fn close(&self) {
        self.runs.replace(None);
        self.handle(DeviceEvent::Close);
        if !self.is_linked() {
            self.resolve_cancelled();
        }
    }

    /// Another person is signed in: it ends, whatever shows it.
    pub(super) fn end_for_another_person(&self) {
        self.runs.replace(None);
        (self.report)(LinkReport::Over);
        self.handle(DeviceEvent::Close);
        // A request that is on its way may have found the other person; then
        // that is what came of it.
        if self.asking.get() == 0 {
            self.resolve_cancelled();
        }
    }

    /// Ends without a word: the page is gone.
    pub(super) fn stop(&self) {
        self.runs.replace(None);
        let _ = self.flow.borrow_mut().handle(DeviceEvent::Close, moment());
        drop(self.lock.replace(None));
        self.end.resolve(LinkOutcome::Nothing);
    }

    fn resolve_cancelled(&self) {
        self.end.resolve(LinkOutcome::Cancelled {
            window_left_open: false,
        });
    }

    fn is_linked(&self) -> bool {
        self.flow.borrow().view() == DeviceView::Ended(DeviceEnd::Linked)
    }

    fn show(&self) {
        let (shown, left) = {
            let flow = self.flow.borrow();
            (flow.view(), flow.time_left(moment()))
        };
        let left = left.map(|left| left.as_secs());
        if *self.seconds_left.read_untracked() != left {
            self.seconds_left.set(left);
        }
        if *self.shown.read_untracked() != shown {
            self.shown.set(shown);
        }
    }

    fn perform(&self, effect: DeviceEffect) {
        let Some(link) = self.this.upgrade() else {
            return;
        };
        match effect {
            DeviceEffect::AcquireLock(acquire) => self.acquire(acquire),
            DeviceEffect::ReleaseLock => drop(self.lock.replace(None)),
            DeviceEffect::Finish { exchanged } => {
                drop(self.lock.replace(None));
                let list_is_old = exchanged || self.baseline.is_absent();
                self.finish(self.baseline.clone(), list_is_old, self.end.clone());
            }
            DeviceEffect::FinishLate => {
                let (session, row) = (self.baseline.session, self.baseline.row.clone());
                if !session.is_gone() {
                    let end = LinkEnd::default();
                    (self.report)(LinkReport::Late(end.clone()));
                    self.finish(Baseline::now(session, row), true, end);
                }
            }
            DeviceEffect::RequestCode => {
                self.person.set(self.baseline.session.acting_person());
                self.send(Box::pin(async move { link.request_code().await }));
            }
            DeviceEffect::Poll { device_code } => {
                self.send(Box::pin(async move { link.poll(&device_code).await }));
            }
            DeviceEffect::Confirm(evidence) => self.send(Box::pin(async move {
                let verdict = link.baseline.read(evidence).await;
                Some(DeviceEvent::Confirmed(verdict))
            })),
            DeviceEffect::ReadAfterHint(evidence) => self.send(Box::pin(async move {
                let verdict = link.baseline.read(evidence).await;
                Some(DeviceEvent::HintRead(verdict))
            })),
        }
    }

    /// Asks for the right to poll; all else follows from what becomes of it.
    fn acquire(&self, acquire: Acquire) {
        let base = self.baseline.session.base_url();
        let link = self.this.clone();
        let on_news = move |news| {
            if let Some(link) = link.upgrade() {
                link.handle(DeviceEvent::Lock(news));
            }
        };
        let lock = PollingLock::request(&base, self.provider(), acquire, on_news);
        self.lock.replace(Some(lock));
    }

    /// Reads what came of it. `list_is_old`: no list was read since.
    fn finish(&self, baseline: Baseline, list_is_old: bool, end: LinkEnd) {
        let report = Rc::clone(&self.report);
        spawn_local(async move {
            let outcome = baseline.finish(&report).await;
            let list_is_old = list_is_old && outcome != LinkOutcome::Nothing;
            end.resolve(outcome);
            if list_is_old {
                baseline.session.load_anew().await;
            }
        });
    }

    /// Makes a request, and hands the flow its answer; none where nothing comes
    /// of it.
    fn send(&self, request: LocalBoxFuture<'static, Option<DeviceEvent>>) {
        let Some(link) = self.this.upgrade() else {
            return;
        };
        let attempt = self.flow.borrow().attempt();
        self.asking.set(self.asking.get() + 1);
        spawn_local(async move {
            let answer = request.await;
            link.asking.set(link.asking.get() - 1);
            if let Some(answer) = answer {
                let effect = (link.flow.borrow_mut()).answer(attempt, answer, moment());
                link.show();
                if let Some(effect) = effect {
                    link.perform(effect);
                }
            }
            let is_over = link.runs.borrow().is_none();
            if is_over && link.asking.get() == 0 && !link.is_linked() {
                link.resolve_cancelled();
            }
        });
    }

    async fn request_code(&self) -> Option<DeviceEvent> {
        let Baseline { session, row, .. } = &self.baseline;
        let authorization = match self.person.get().confirm(false).await {
            PersonCheck::Same => session.client().device_authorization(&row.id).await,
            PersonCheck::Other => return self.find_another_person(),
            PersonCheck::Unknown(error) => Err(error),
        };
        Some(match authorization {
            Ok(authorization) => {
                let address = authorization.verification_uri.clone();
                row.set_verification_uri(address);
                DeviceEvent::CodeReceived(authorization)
            }
            Err(error) => {
                if !session.is_gone() {
                    session.notice_session_end(&error);
                }
                if error.kind == ApiErrorKind::Unauthorized {
                    DeviceEvent::SessionEnded
                } else {
                    DeviceEvent::CodeRefused(error)
                }
            }
        })
    }

    async fn poll(&self, device_code: &str) -> Option<DeviceEvent> {
        let Baseline { session, row, .. } = &self.baseline;
        let person = self.person.get();
        let attempt = self.flow.borrow().attempt();
        let link = self.this.clone();
        let is_wanted = move || {
            let link = link.upgrade();
            link.is_some_and(|link| link.flow.borrow().attempt() == attempt)
        };
        let (may_send, not_confirmed) = person.gate(is_wanted);
        let client = session.client();
        let answer = client.exchange_device_code(&row.id, device_code, &may_send);
        let answer = match (answer.await, not_confirmed.take()) {
            (None, _) if !person.is_still_there() => return self.find_another_person(),
            // It was for somebody who is not signed in any more.
            (Some(_), _) if !person.is_still_there() => return None,
            (Some(answer), _) => answer,
            // Nobody says who is signed in: as when nobody answers.
            (None, Some(error)) => DeviceAnswer::of_failure(&error, "", device_code),
            (None, None) => return None,
        };
        if !session.is_gone() {
            session.notice_proxy();
            if answer == DeviceAnswer::Unauthorized {
                session.end_session();
            }
        }
        Some(DeviceEvent::PollAnswered(answer))
    }

    fn find_another_person(&self) -> Option<DeviceEvent> {
        self.end.resolve(LinkOutcome::AnotherPerson);
        None
    }
}
