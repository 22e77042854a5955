use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use std::sync::Arc;

use external_auth_core::{
    LinkVerdict, LinkedParameter, WindowEffect, WindowEnd, WindowEvent, WindowFlow, WindowFlowKind,
    WindowView, routes,
};
use gloo_timers::callback::Interval;
use leptos::task::spawn_local;

use super::baseline::Baseline;
use super::link_report::{LinkReport, Reporter};
use super::{LinkOutcome, Linking};
use crate::Config;
use crate::platform::{LinkWindow, Listener, is_visible, moment, page_elsewhere, page_path};
use crate::session::{ActingPerson, Deferred, FlowGuard, PersonCheck, ProviderRow};

const TICK_MS: u32 = 1_000;

/// A redirect flow that runs in a window. Its timer and its listener end
/// when the flow is over or stopped.
pub(super) struct WindowLink {
    linking: Linking,
    baseline: Baseline,
    /// The person for whom the flow was started.
    person: ActingPerson,
    flow: RefCell<WindowFlow>,
    /// None if the browser blocked the window.
    window: Option<LinkWindow>,
    report: Reporter,
    end: Deferred<LinkOutcome>,
    /// Whether the window waits until it is known who is signed in.
    is_confirming: Cell<bool>,
    runs: RefCell<Option<Runs>>,
}

/// What lives as long as the flow runs.
struct Runs {
    _ticker: Interval,
    _focus: Listener,
    _busy: FlowGuard,
}

impl WindowLink {
    /// Opens a window for a provider. Call this in a click.
    pub(super) fn open(
        linking: Linking,
        row: &ProviderRow,
        config: &Config,
        end: Deferred<LinkOutcome>,
        report: Reporter,
    ) -> Rc<Self> {
        let session = linking.session();
        let url = session.deployment_url(&callback(config, &row.id));
        let is_sure = session.is_redirect_sure();
        let window = LinkWindow::open(is_sure.then_some(&url));
        let baseline = Baseline::now(session, row.clone());
        let kind = WindowFlowKind::of(&baseline.before);
        let id = Arc::clone(&row.id);
        let flow = WindowFlow::start(id, kind, window.is_some(), moment().monotonic);
        let link = Rc::new_cyclic(|link: &Weak<Self>| {
            let (on_tick, on_focus) = (link.clone(), link.clone());
            let ticker = Interval::new(TICK_MS, move || {
                if let Some(link) = on_tick.upgrade() {
                    link.tick();
                }
            });
            let focus = Listener::new(&leptos::prelude::window(), "focus", move |_| {
                if let Some(link) = on_focus.upgrade() {
                    let seems_closed = link.seems_closed();
                    link.handle(WindowEvent::Focused { seems_closed });
                }
            });
            Self {
                linking,
                baseline,
                person: session.acting_person(),
                flow: RefCell::new(flow),
                window,
                report,
                end,
                is_confirming: Cell::new(!is_sure),
                runs: RefCell::new(Some(Runs {
                    _ticker: ticker,
                    _focus: focus,
                    _busy: session.begin_flow(),
                })),
            }
        });
        if !is_sure {
            link.clone().send_after_confirming(url);
        }
        link
    }

    /// Resolves when the flow is over.
    pub(super) fn end(&self) -> Deferred<LinkOutcome> {
        self.end.clone()
    }

    /// What to show. None when the flow is over.
    pub(super) fn view(&self) -> Option<WindowView> {
        self.flow.borrow().view()
    }

    /// The provider that is being linked.
    pub(super) fn row(&self) -> &ProviderRow {
        &self.baseline.row
    }

    /// Reports the status to the view that started the flow.
    pub(super) fn report(&self, view: &WindowView) {
        (self.report)(LinkReport::Window(view));
    }

    /// Brings the window to the front, if the browser can.
    pub(super) fn bring_to_front(&self) {
        if let Some(window) = &self.window {
            window.bring_to_front();
        }
    }

    /// Passes an event to the flow, and performs the effect.
    pub(super) fn handle(self: &Rc<Self>, event: WindowEvent) {
        let effect = self.flow.borrow_mut().handle(event, moment().monotonic);
        self.linking.show_window(self);
        match effect {
            None => {}
            Some(WindowEffect::End(end)) => self.finish(end),
            Some(effect) => self.read(effect),
        }
    }

    /// Ends without a notice, because the page is gone.
    pub(super) fn stop(&self) {
        self.runs.replace(None);
        self.end.resolve(LinkOutcome::Nothing);
    }

    /// After a pause, and with a session token, the window stays empty until it is
    /// confirmed that the same person is signed in.
    fn send_after_confirming(self: Rc<Self>, url: String) {
        spawn_local(async move {
            let check = self.person.confirm_redirect().await;
            self.is_confirming.set(false);
            let is_over = self.view().is_none();
            match check {
                PersonCheck::Same if is_over => self.resolve_cancelled(false),
                PersonCheck::Same => {
                    if let Some(window) = &self.window {
                        window.leave_for(&url);
                    }
                }
                PersonCheck::Other => self.give_up(LinkOutcome::AnotherPerson),
                PersonCheck::Unknown(error) => self.give_up(LinkOutcome::NotConfirmed(error)),
                PersonCheck::Mismatch(mismatch) => {
                    self.give_up(LinkOutcome::AnotherCookie(mismatch));
                }
            }
        });
    }

    /// Ends a flow whose window was never sent to the provider.
    fn give_up(self: &Rc<Self>, outcome: LinkOutcome) {
        self.baseline.end(&self.end, outcome);
        if !self.baseline.session.is_gone() {
            self.handle(WindowEvent::Cancel);
        }
    }

    fn resolve_cancelled(&self, window_left_open: bool) {
        // While the person is being confirmed, the result of that question is
        // the outcome.
        if !self.is_confirming.get() {
            // The next person has not opened the window.
            let window_left_open = window_left_open && self.person.is_still_there();
            self.end
                .resolve(LinkOutcome::Cancelled { window_left_open });
        }
    }

    fn seems_closed(&self) -> bool {
        self.window.as_ref().is_some_and(LinkWindow::seems_closed)
    }

    fn tick(self: &Rc<Self>) {
        if let Some(window) = &self.window {
            self.handle(WindowEvent::At(window.page()));
        }
        self.handle(WindowEvent::Tick {
            visible: is_visible(),
            seems_closed: self.seems_closed(),
        });
    }

    fn read(self: &Rc<Self>, effect: WindowEffect) {
        let link = Rc::clone(self);
        spawn_local(async move {
            let baseline = &link.baseline;
            let verdict = match effect {
                WindowEffect::ReadLive(evidence) => Some(baseline.read_live(evidence).await),
                WindowEffect::ReadList(evidence) => Some(baseline.read_list(evidence).await),
                _ => None,
            };
            let event = match verdict {
                Some(verdict) => link.confirmed(verdict).await,
                None => link.read_elsewhere().await,
            };
            if !baseline.session.is_gone() {
                link.handle(event);
            }
        });
    }

    /// Another person may have signed in, in that window too. The question is
    /// asked only before the flow may end.
    async fn confirmed(&self, verdict: LinkVerdict) -> WindowEvent {
        let is_void =
            verdict.may_end_flow() && self.person.confirm(true).await != PersonCheck::Same;
        WindowEvent::Read(if is_void {
            LinkVerdict::NotKnown
        } else {
            verdict
        })
    }

    /// Checks whether this page is on another host than the deployment's access
    /// URL. A redirect flow cannot return to such a page.
    async fn read_elsewhere(&self) -> WindowEvent {
        let session = self.baseline.session;
        // Without an answer there is nothing to show.
        let info = session.client().build_info().await.ok();
        let page = info
            .filter(|_| !session.is_gone())
            .and_then(|info| page_elsewhere(&session.base_url(), &info.dashboard_url));
        WindowEvent::ReadElsewhere(page)
    }

    fn finish(&self, end: WindowEnd) {
        self.runs.replace(None);
        let mut window_left_open = false;
        if end.closes_window() {
            let window = self.window.as_ref();
            window_left_open = window
                .filter(|window| !window.seems_closed())
                .is_some_and(|window| !window.close());
            (self.report)(LinkReport::Over);
        }
        let outcome = match end {
            WindowEnd::Linked => return self.read_outcome(),
            WindowEnd::Unusable => LinkOutcome::Unusable,
            WindowEnd::Works => LinkOutcome::Works,
            WindowEnd::Cancelled => return self.resolve_cancelled(window_left_open),
            WindowEnd::SignedOut => LinkOutcome::SignedOut,
            WindowEnd::Failed(words) => LinkOutcome::Failed(words),
        };
        self.baseline.end(&self.end, outcome);
    }

    fn read_outcome(&self) {
        // No list was read since the account was linked. Only the list contains
        // when the token expires.
        let list_is_old = self.baseline.is_absent();
        let (report, end) = (Rc::clone(&self.report), self.end.clone());
        self.baseline.clone().finish(report, list_is_old, end);
    }
}

/// The address at which a window starts the redirect flow. The flow returns
/// to our return page, if there is one.
fn callback(config: &Config, id: &str) -> String {
    let page = match &config.embedding {
        None => page_path(),
        Some(embedding) => match &embedding.return_path {
            Some(path) => path.to_string(),
            None => return routes::callback_without_return(id),
        },
    };
    let linked = LinkedParameter {
        provider: id.to_owned(),
        in_window: true,
    };
    routes::callback(id, &linked.append_to(&page))
}
