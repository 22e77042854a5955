use std::cell::RefCell;
use std::rc::Rc;

use external_auth_core::{
    ApiErrorKind, DeviceAnswer, DeviceEffect, DeviceEnd, DeviceEvent, DeviceFlow, DeviceView,
    PollingMood,
};
use gloo_timers::callback::Interval;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::link_baseline::LinkBaseline;
use super::{ExternalAuthStore, ProviderEntry};
use crate::platform::{Listener, PollingLock, moment};
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
        mood: PollingMood,
    },
    /// The end is being made sure of.
    Confirming,
    /// It is over.
    Ended(DeviceEnd),
}

/// Set when the link is there that it ticks.
type Tick = Rc<RefCell<Option<Box<dyn Fn(TickReason)>>>>;

/// What a tick comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum TickReason {
    /// A second has passed.
    Timer,
    /// The page has come into sight, or the like.
    Event,
}

struct Inner {
    /// None until this tab has the right to poll.
    flow: RefCell<Option<DeviceFlow>>,
    baseline: LinkBaseline,
    _ticker: Interval,
    _listeners: [Listener; 3],
    lock: RefCell<Option<PollingLock>>,
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
                    tick(TickReason::Event);
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
                    tick(TickReason::Timer);
                }
            }
        });
        let link = Self {
            shown: RwSignal::new(DeviceShown::Requesting),
            seconds_left: RwSignal::new(None),
            store,
            inner: StoredValue::new_local(Inner {
                flow: RefCell::new(None),
                baseline: LinkBaseline::of(&entry),
                _ticker: ticker,
                _listeners: listeners,
                lock: RefCell::new(None),
            }),
            entry,
        };
        tick.replace(Some(Box::new({
            let link = link.clone();
            move |reason| link.tick(reason)
        })));
        let lock = PollingLock::request(&store.config().base_url, &link.entry.id, {
            let link = link.clone();
            move || link.granted()
        });
        link.inner
            .with_value(|inner| inner.lock.replace(Some(lock)));
        link
    }

    /// Asks for a new code, after an end or instead of a tab that stopped.
    pub fn renew(&self) {
        if self.shown.get_untracked() == DeviceShown::OtherTabStopped {
            self.start_flow();
        } else {
            self.handle(DeviceEvent::Renew);
        }
    }

    /// Another tab says that the link may have changed: look.
    pub(super) fn hint(&self) {
        let link = self.clone();
        spawn_local(async move {
            if link.is_linked_now().await {
                link.see_link();
            }
        });
    }

    fn see_link(&self) {
        if self.has_flow() {
            self.handle(DeviceEvent::LinkSeen);
        } else if !self.inner.is_disposed() {
            self.end(&DeviceEnd::Linked);
        }
    }

    fn granted(&self) {
        if self.inner.is_disposed() {
            return;
        }
        // After a wait the person may be elsewhere: a code would only run out.
        if self.shown.get_untracked() == DeviceShown::InAnotherTab {
            self.shown.set(DeviceShown::OtherTabStopped);
        } else {
            self.start_flow();
        }
    }

    fn start_flow(&self) {
        let (flow, effect) = DeviceFlow::start();
        self.inner
            .with_value(|inner| inner.flow.replace(Some(flow)));
        self.show();
        self.perform(effect);
    }

    fn has_flow(&self) -> bool {
        self.inner
            .try_with_value(|inner| inner.flow.borrow().is_some())
            .unwrap_or(false)
    }

    fn tick(&self, reason: TickReason) {
        if self.has_flow() {
            self.handle(DeviceEvent::Tick);
        } else if reason == TickReason::Timer
            && self.shown.try_get_untracked() == Some(DeviceShown::Requesting)
        {
            // The right to poll would have come within a second.
            self.shown.set(DeviceShown::InAnotherTab);
        }
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

    fn end(&self, end: &DeviceEnd) {
        self.shown.set(DeviceShown::Ended(end.clone()));
        if *end == DeviceEnd::Linked {
            let baseline = self.inner.with_value(|inner| inner.baseline.clone());
            self.store.finish_link(self.entry.clone(), baseline);
        }
    }

    async fn is_linked_now(&self) -> bool {
        let baseline = self.inner.try_with_value(|inner| inner.baseline.clone());
        match baseline {
            Some(baseline) => self.store.is_linked_since(&self.entry, &baseline).await,
            None => false,
        }
    }

    fn perform(&self, effect: DeviceEffect) {
        let link = self.clone();
        let client = self.store.client();
        spawn_local(async move {
            let event = match effect {
                DeviceEffect::RequestCode => {
                    match client.device_authorization(&link.entry.id).await {
                        Ok(authorization) => {
                            let address = authorization.verification_uri.clone();
                            let _ = link.entry.verification_uri.try_set_value(address);
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
                    let answer = client
                        .exchange_device_code(&link.entry.id, &device_code, || {
                            !link.inner.is_disposed()
                        })
                        .await;
                    let Some(answer) = answer else { return };
                    link.store.notice_proxy();
                    if answer == DeviceAnswer::Unauthorized {
                        link.store.end_session();
                    }
                    if answer == DeviceAnswer::Linked && link.inner.is_disposed() {
                        // Closed a moment too late: it is linked all the same.
                        let baseline = LinkBaseline::of(&link.entry);
                        link.store.finish_link(link.entry.clone(), baseline);
                        return;
                    }
                    DeviceEvent::PollAnswered(answer)
                }
                DeviceEffect::Confirm => DeviceEvent::Confirmed(link.is_linked_now().await),
            };
            link.handle(event);
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
            mood: polling,
        },
        DeviceView::Confirming => DeviceShown::Confirming,
        DeviceView::Ended(end) => DeviceShown::Ended(end.clone()),
    }
}
