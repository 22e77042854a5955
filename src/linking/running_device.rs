use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use external_auth_core::{
    Acquire, DeviceEffect, DeviceEnd, DeviceEvent, DeviceFlow, DeviceView, LinkEvidence,
    LinkVerdict,
};
use futures_util::future::LocalBoxFuture;
use gloo_timers::callback::Interval;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::baseline::Baseline;
use super::link_report::{LinkReport, Reporter};
use super::{DeviceLink, LinkOutcome, Linking};
use crate::platform::{Listener, PollingLock, moment};
use crate::session::{ActingPerson, Deferred, FlowGuard, ProviderRow};

/// Often enough for a countdown in seconds. The flow knows when a poll is due.
/// A late tick, as in a throttled tab, only delays the poll.
const TICK_MS: u32 = 1_000;

/// The device flow behind a [`DeviceLink`]. Its timer, its listeners and its
/// polling lock end when it is closed or stopped.
pub(super) struct RunningDevice {
    pub(super) number: u64,
    pub(super) baseline: Baseline,
    flow: RefCell<DeviceFlow>,
    /// The person for whom the code was requested.
    pub(super) person: Cell<ActingPerson>,
    /// The number of requests without an answer. Each may find that another
    /// person is signed in.
    unanswered: Cell<u32>,
    shown: ArcRwSignal<DeviceView>,
    seconds_left: ArcRwSignal<Option<u64>>,
    report: Reporter,
    pub(super) end: Deferred<LinkOutcome>,
    lock: RefCell<Option<PollingLock>>,
    runs: RefCell<Option<Runs>>,
    pub(super) this: Weak<Self>,
}

/// What lives as long as the flow runs.
struct Runs {
    _ticker: Interval,
    _listeners: [Listener; 3],
    _busy: FlowGuard,
}

impl RunningDevice {
    /// Starts to link a provider, or waits for the tab that already links it.
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
                // The page becomes visible, the person returns, or the network does.
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
                unanswered: Cell::new(0),
                report,
                end: Deferred::default(),
                lock: RefCell::new(None),
                runs: RefCell::new(Some(runs)),
                this: link.clone(),
            }
        });
        link.perform(effect);
        link
    }

    /// The value that a dialog shows and controls this flow with.
    pub(super) fn handle_for(&self, linking: Linking) -> DeviceLink {
        DeviceLink {
            row: self.baseline.row.clone(),
            shown: self.shown.read_only(),
            seconds_left: self.seconds_left.read_only(),
            linking,
            number: self.number,
        }
    }

    /// The id of the provider.
    pub(super) fn provider(&self) -> &str {
        &self.baseline.row.id
    }

    /// Resolves when the flow is over.
    pub(super) fn end(&self) -> Deferred<LinkOutcome> {
        self.end.clone()
    }

    /// Passes an event to the flow, and performs the effect.
    pub(super) fn handle(&self, event: DeviceEvent) {
        let effect = self.flow.borrow_mut().handle(event, moment());
        self.show();
        if let Some(effect) = effect {
            self.perform(effect);
        }
    }

    /// Ends, because nothing shows the flow any longer.
    pub(super) fn close(&self) {
        self.runs.replace(None);
        self.handle(DeviceEvent::Close);
        if !self.is_linked() {
            self.resolve_cancelled();
        }
    }

    /// Ends, because another person is signed in. What shows the flow is closed.
    pub(super) fn end_for_another_person(&self) {
        self.runs.replace(None);
        (self.report)(LinkReport::Over);
        // A page shows the flow without a dialog. The code there must go too.
        self.handle(DeviceEvent::SessionEnded);
        self.handle(DeviceEvent::Close);
        // A request without an answer may have found the other person. Then
        // that is the outcome.
        if self.unanswered.get() == 0 {
            self.resolve_cancelled();
        }
    }

    /// Ends without a notice, because the page is gone.
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

    /// The attempt whose answers the flow accepts now.
    pub(super) fn attempt(&self) -> u64 {
        self.flow.borrow().attempt()
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
                let report = Rc::clone(&self.report);
                self.baseline
                    .clone()
                    .finish(report, list_is_old, self.end.clone());
            }
            DeviceEffect::FinishLate => {
                let (session, row) = (self.baseline.session, self.baseline.row.clone());
                if !session.is_gone() {
                    let end = Deferred::default();
                    (self.report)(LinkReport::Late(end.clone()));
                    Baseline::now(session, row).finish(Rc::clone(&self.report), true, end);
                }
            }
            DeviceEffect::RequestCode => {
                self.person.set(self.baseline.session.acting_person());
                self.send(Box::pin(async move { link.request_code().await }));
            }
            DeviceEffect::Poll { device_code } => {
                self.send(Box::pin(async move { link.poll(&device_code).await }));
            }
            DeviceEffect::Confirm(evidence) => {
                self.read(evidence, DeviceEvent::Confirmed);
            }
            DeviceEffect::ReadAfterHint(evidence) => {
                self.read(evidence, DeviceEvent::HintRead);
            }
        }
    }

    /// Reads whether the account is linked.
    fn read(&self, evidence: LinkEvidence, event: fn(LinkVerdict) -> DeviceEvent) {
        let baseline = self.baseline.clone();
        self.send(Box::pin(async move {
            Some(event(baseline.read(evidence).await))
        }));
    }

    /// Requests the polling lock. Its news are events of the flow.
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

    /// Sends a request, and passes its answer to the flow. An answer of `None`
    /// does not concern the flow.
    fn send(&self, request: LocalBoxFuture<'static, Option<DeviceEvent>>) {
        let Some(link) = self.this.upgrade() else {
            return;
        };
        let attempt = self.attempt();
        self.unanswered.set(self.unanswered.get() + 1);
        spawn_local(async move {
            let answer = request.await;
            link.unanswered.set(link.unanswered.get() - 1);
            if let Some(answer) = answer {
                let effect = (link.flow.borrow_mut()).answer(attempt, answer, moment());
                link.show();
                if let Some(effect) = effect {
                    link.perform(effect);
                }
            }
            let is_over = link.runs.borrow().is_none();
            if is_over && link.unanswered.get() == 0 && !link.is_linked() {
                link.resolve_cancelled();
            }
        });
    }
}
