use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use external_auth_core::{WindowEvent, WindowRequest, WindowView};
use leptos::prelude::*;

use super::hints::Hints;
use super::link_report::Reporter;
use super::running_device::RunningDevice;
use super::waiting_link::WaitingLink;
use super::window_link::WindowLink;
use super::{DeviceLink, LinkOutcome, LinkStart};
use crate::Config;
use crate::reactive::Shared;
use crate::session::{Deferred, ProviderRow, Session, SessionEvent};

/// The links that run for one session, in all its views.
///
/// Only one redirect flow runs at a time, because a deployment has one state
/// cookie for all its providers. Each device flow has its own dialog.
#[derive(Clone, Copy)]
pub struct Linking {
    /// What cards show of the redirect flow that runs.
    pub shown: ReadSignal<LinkingShown>,
    pub(super) inner: Shared<Inner>,
}

/// What cards show of the redirect flow that runs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LinkingShown {
    /// The flow in its window.
    pub window: Option<WindowView>,
    /// The id of the provider that the person wants to link while another one
    /// is being linked in the window.
    pub wanted: Option<Arc<str>>,
}

pub(super) struct Inner {
    session: Session,
    pub(super) write_shown: WriteSignal<LinkingShown>,
    window: RefCell<Option<Rc<WindowLink>>>,
    pub(super) waiting: RefCell<Option<WaitingLink>>,
    pub(super) hints: Hints,
    devices: RefCell<Vec<Rc<RunningDevice>>>,
    last_number: Cell<u64>,
}

impl Drop for Inner {
    fn drop(&mut self) {
        if let Some(window) = self.window.take() {
            window.stop();
        }
        if let Some(waiting) = self.waiting.take() {
            waiting.stop();
        }
        for device in self.devices.take() {
            device.stop();
        }
    }
}

impl Linking {
    /// No link runs yet. The value belongs to the current reactive owner, which
    /// is the owner of the session.
    #[must_use]
    pub(crate) fn new(session: Session) -> Self {
        let (shown, write_shown) = signal(LinkingShown::default());
        let linking = Self {
            shown,
            inner: Shared::new(Inner {
                session,
                write_shown,
                window: RefCell::new(None),
                waiting: RefCell::new(None),
                hints: Hints::default(),
                devices: RefCell::new(Vec::new()),
                last_number: Cell::new(0),
            }),
        };
        session.observe(move |event| match event {
            SessionEvent::Ended => linking.window_event(WindowEvent::SessionEnded),
            SessionEvent::PersonChanged => linking.end_for_another_person(),
            SessionEvent::LinkHint(hint) => linking.take_hint(hint),
            SessionEvent::UnlinkBegins(provider)
                if linking.window_provider().as_ref() == Some(provider) =>
            {
                linking.cancel_window();
            }
            _ => {}
        });
        linking
    }

    /// Links a provider, or links it again without unlinking it first. Uses the
    /// device flow if the provider has one, otherwise a window. `config` is the
    /// configuration of the view. Call this in a click, because the browser
    /// blocks other windows.
    pub(crate) fn link(self, row: &ProviderRow, config: &Config, report: Reporter) -> LinkStart {
        if let Some(end) = self.device_end(&row.id) {
            return LinkStart::Joined(end);
        }
        if row.record().is(|provider| provider.device) {
            let (device, end) = self.link_by_device(row, report);
            return LinkStart::Device(device, end);
        }
        let running = self.shown.get_untracked().window;
        match WindowRequest::of(running.as_ref(), &row.id) {
            WindowRequest::Open => {
                let end = Deferred::default();
                self.open_window(row, config, end.clone(), report);
                LinkStart::Window(end)
            }
            WindowRequest::Replace => {
                self.cancel_window();
                let end = Deferred::default();
                self.open_window(row, config, end.clone(), report);
                LinkStart::Window(end)
            }
            WindowRequest::BringToFront => {
                self.bring_window_to_front();
                let end = self.running_window().map(|running| running.end());
                LinkStart::Joined(end.unwrap_or_default())
            }
            WindowRequest::Conflict => self.wait(row, config, report),
        }
    }

    /// Starts the device flow for a provider. The caller shows the flow and closes it.
    pub(crate) fn link_by_device(
        self,
        row: &ProviderRow,
        report: Reporter,
    ) -> (DeviceLink, Deferred<LinkOutcome>) {
        let number = self.inner.with_value(|inner| {
            inner.last_number.set(inner.last_number.get() + 1);
            inner.last_number.get()
        });
        let device = RunningDevice::begin(self, number, row.clone(), report);
        let started = (device.handle_for(self), device.end());
        self.inner
            .with_value(|inner| inner.devices.borrow_mut().push(device));
        started
    }

    /// Brings the window to the front, if the browser can.
    pub fn bring_window_to_front(self) {
        if let Some(running) = self.running_window() {
            running.bring_to_front();
        }
    }

    /// Checks now whether the account is linked.
    pub fn check_now(self) {
        self.window_event(WindowEvent::CheckNow);
    }

    /// Continues to wait after a long time without a result.
    pub fn keep_waiting(self) {
        self.window_event(WindowEvent::KeepWaiting);
    }

    /// Cancels the running redirect flow and closes its window.
    pub fn cancel_window(self) {
        self.cancel_waiting();
        self.window_event(WindowEvent::Cancel);
    }

    pub(super) fn session(self) -> Session {
        self.inner.with_value(|inner| inner.session)
    }

    pub(super) fn device(self, number: u64) -> Option<Rc<RunningDevice>> {
        let mut devices = self.devices().into_iter();
        devices.find(|device| device.number == number)
    }

    pub(super) fn devices(self) -> Vec<Rc<RunningDevice>> {
        let devices = self
            .inner
            .try_with_value(|inner| inner.devices.borrow().clone());
        devices.unwrap_or_default()
    }

    pub(super) fn close_device(self, number: u64) {
        let Some(device) = self.device(number) else {
            return;
        };
        self.forget_device(number);
        device.close();
    }

    /// Updates what is shown of a window's flow. A flow that is over is
    /// removed, and nothing waits for it any longer.
    pub(super) fn show_window(self, link: &Rc<WindowLink>) {
        let is_it = |running: Rc<WindowLink>| Rc::ptr_eq(&running, link);
        if !self.running_window().is_some_and(is_it) {
            return;
        }
        let view = link.view();
        let is_open = view.as_ref().is_some_and(|view| view.phase.is_open());
        link.row().set_linking(is_open);
        let is_over = view.is_none();
        if is_over {
            let ended = self.inner.with_value(|inner| inner.window.take());
            drop(ended);
        }
        if self.shown.read_untracked().window != view {
            if let Some(view) = &view {
                link.report(view);
            }
            let write = self.inner.with_value(|inner| inner.write_shown);
            write.update(|shown| shown.window = view);
        }
        if is_over {
            self.end_waiting();
        }
    }

    pub(super) fn open_window(
        self,
        row: &ProviderRow,
        config: &Config,
        end: Deferred<LinkOutcome>,
        report: Reporter,
    ) {
        self.cancel_waiting();
        let link = WindowLink::open(self, row, config, end, report);
        let opened = Rc::clone(&link);
        self.inner
            .with_value(|inner| inner.window.replace(Some(opened)));
        self.show_window(&link);
    }

    pub(super) fn window_event(self, event: WindowEvent) {
        if let Some(running) = self.running_window() {
            running.handle(event);
        }
    }

    /// The id of the provider that is being linked in a window.
    pub(super) fn window_provider(self) -> Option<Arc<str>> {
        let view = self.running_window()?.view()?;
        Some(view.provider)
    }

    fn running_window(self) -> Option<Rc<WindowLink>> {
        let running = self
            .inner
            .try_with_value(|inner| inner.window.borrow().clone());
        running.flatten()
    }

    fn device_end(self, provider: &str) -> Option<Deferred<LinkOutcome>> {
        let mut devices = self.devices().into_iter();
        let running = devices.find(|device| device.provider() == provider);
        running.map(|device| device.end())
    }

    fn forget_device(self, number: u64) {
        let _ = self.inner.try_with_value(|inner| {
            (inner.devices.borrow_mut()).retain(|device| device.number != number);
        });
    }

    fn end_for_another_person(self) {
        self.cancel_window();
        for device in self.devices() {
            self.forget_device(device.number);
            device.end_for_another_person();
        }
    }
}
