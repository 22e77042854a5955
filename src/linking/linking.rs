use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use external_auth_core::{
    DeviceEvent, HintTarget, LinkHint, WindowEvent, WindowRequest, WindowView,
};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::link_report::Reporter;
use super::running_device::RunningDevice;
use super::window_link::WindowLink;
use super::{DeviceLink, LinkEnd, LinkOutcome, LinkStart};
use crate::Config;
use crate::reactive::Shared;
use crate::session::{ProviderRow, Session, SessionEvent};

/// The links that run for one session, in all its views.
///
/// There is one redirect flow at a time, because one state cookie serves all
/// providers of a deployment; each device flow has its dialog.
#[derive(Clone, Copy)]
pub struct Linking {
    /// The redirect flow that runs in a window.
    pub window: ReadSignal<Option<WindowView>>,
    /// The provider that shall be linked while another one is being linked.
    pub wanted: ReadSignal<Option<Arc<str>>>,
    inner: Shared<Inner>,
}

struct Inner {
    session: Session,
    write_window: WriteSignal<Option<WindowView>>,
    write_wanted: WriteSignal<Option<Arc<str>>>,
    window: RefCell<Option<Rc<WindowLink>>>,
    waits: RefCell<Option<Waits>>,
    devices: RefCell<Vec<Rc<RunningDevice>>>,
    last_number: Cell<u64>,
}

/// A link that waits for the person to choose between it and the one that runs.
struct Waits {
    row: ProviderRow,
    config: Config,
    end: LinkEnd,
    report: Reporter,
}

impl Drop for Inner {
    fn drop(&mut self) {
        if let Some(window) = self.window.take() {
            window.stop();
        }
        if let Some(waits) = self.waits.take() {
            waits.end.resolve(LinkOutcome::Nothing);
        }
        for device in self.devices.take() {
            device.stop();
        }
    }
}

impl Linking {
    /// Nothing is being linked. It belongs to the present reactive owner, which
    /// is that of the session.
    #[must_use]
    pub(crate) fn new(session: Session) -> Self {
        let (window, write_window) = signal(None);
        let (wanted, write_wanted) = signal(None);
        let linking = Self {
            window,
            wanted,
            inner: Shared::new(Inner {
                session,
                write_window,
                write_wanted,
                window: RefCell::new(None),
                waits: RefCell::new(None),
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

    /// Links a provider, or links it again without unlinking first: by the
    /// device flow where the provider has one, else in a window. Must be called
    /// in a click, or the browser blocks the window. `config`: of the view.
    pub(crate) fn link(self, row: &ProviderRow, config: &Config, report: Reporter) -> LinkStart {
        if let Some(end) = self.device_end(&row.id) {
            return LinkStart::Joined(end);
        }
        if row.record().is(|provider| provider.device) {
            let (device, end) = self.link_by_device(row, report);
            return LinkStart::Device(device, end);
        }
        let running = self.window.get_untracked();
        match WindowRequest::of(running.as_ref(), &row.id) {
            WindowRequest::Open => {
                let end = LinkEnd::default();
                self.open_window(row, config, end.clone(), report);
                LinkStart::Window(end)
            }
            WindowRequest::Replace => {
                self.cancel_window();
                let end = LinkEnd::default();
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

    /// Begins the device flow for a provider; who shows it closes it.
    pub(crate) fn link_by_device(
        self,
        row: &ProviderRow,
        report: Reporter,
    ) -> (DeviceLink, LinkEnd) {
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

    /// Gives the running flow up and links this provider instead. Must be
    /// called in a click. None where nothing waits for that.
    pub(crate) fn link_instead(self) {
        let Some(waits) = self.take_waits() else {
            return;
        };
        self.cancel_window();
        self.open_window(&waits.row, &waits.config, waits.end, waits.report);
    }

    /// Shows the window again, where the browser can.
    pub fn bring_window_to_front(self) {
        if let Some(running) = self.running_window() {
            running.bring_to_front();
        }
    }

    /// Looks now whether the account is linked.
    pub fn look_for_link(self) {
        self.window_event(WindowEvent::LookNow);
    }

    /// Waits on, after it took long.
    pub fn keep_waiting(self) {
        self.window_event(WindowEvent::KeepWaiting);
    }

    /// Gives the running flow up, and closes its window.
    pub fn cancel_window(self) {
        self.drop_wanted();
        self.window_event(WindowEvent::Cancel);
    }

    /// Gives up the provider that should have been linked instead.
    pub fn drop_wanted(self) {
        if let Some(waits) = self.take_waits() {
            waits.end.resolve(LinkOutcome::Cancelled {
                window_left_open: false,
            });
        }
    }

    pub(super) fn session(self) -> Session {
        self.inner.with_value(|inner| inner.session)
    }

    pub(super) fn device(self, number: u64) -> Option<Rc<RunningDevice>> {
        let devices = self.devices().into_iter();
        devices.into_iter().find(|device| device.number == number)
    }

    pub(super) fn close_device(self, number: u64) {
        let Some(device) = self.device(number) else {
            return;
        };
        self.forget_device(number);
        device.close();
    }

    /// Brings what is shown up to date with the flow of a window.
    pub(super) fn show_window(self, link: &Rc<WindowLink>) {
        let is_it = |running: Rc<WindowLink>| Rc::ptr_eq(&running, link);
        if !self.running_window().is_some_and(is_it) {
            return;
        }
        let view = link.view();
        if view.is_none() {
            let ended = self.inner.with_value(|inner| inner.window.take());
            drop(ended);
        }
        if *self.window.read_untracked() != view {
            if let Some(view) = &view {
                link.report(view);
            }
            self.inner.with_value(|inner| inner.write_window.set(view));
        }
    }

    fn open_window(self, row: &ProviderRow, config: &Config, end: LinkEnd, report: Reporter) {
        self.drop_wanted();
        let link = WindowLink::open(self, row, config, end, report);
        let opened = Rc::clone(&link);
        self.inner
            .with_value(|inner| inner.window.replace(Some(opened)));
        self.show_window(&link);
    }

    fn wait(self, row: &ProviderRow, config: &Config, report: Reporter) -> LinkStart {
        let known = self.inner.with_value(|inner| {
            let waits = inner.waits.borrow();
            let same = waits.as_ref().filter(|waits| waits.row == *row);
            same.map(|waits| waits.end.clone())
        });
        if let Some(end) = known {
            return LinkStart::Joined(end);
        }
        self.drop_wanted();
        let waits = Waits {
            row: row.clone(),
            config: config.clone(),
            end: LinkEnd::default(),
            report,
        };
        let end = waits.end.clone();
        self.inner
            .with_value(|inner| inner.waits.replace(Some(waits)));
        self.inner
            .with_value(|inner| inner.write_wanted.set(Some(Arc::clone(&row.id))));
        LinkStart::Waits(end)
    }

    fn take_waits(self) -> Option<Waits> {
        let waits = self.inner.try_with_value(|inner| inner.waits.take());
        let waits = waits.flatten()?;
        self.inner.with_value(|inner| inner.write_wanted.set(None));
        Some(waits)
    }

    fn window_event(self, event: WindowEvent) {
        if let Some(running) = self.running_window() {
            running.handle(event);
        }
    }

    fn running_window(self) -> Option<Rc<WindowLink>> {
        let running = self
            .inner
            .try_with_value(|inner| inner.window.borrow().clone());
        running.flatten()
    }

    fn window_provider(self) -> Option<Arc<str>> {
        let view = self.running_window()?.view()?;
        Some(view.provider)
    }

    fn devices(self) -> Vec<Rc<RunningDevice>> {
        let devices = self
            .inner
            .try_with_value(|inner| inner.devices.borrow().clone());
        devices.unwrap_or_default()
    }

    fn device_end(self, provider: &str) -> Option<LinkEnd> {
        let devices = self.devices().into_iter();
        let mut same = devices.filter(|device| device.provider() == provider);
        same.next().map(|device| device.end())
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

    /// Another tab, or the return page, says that a link may have changed.
    fn take_hint(self, hint: &LinkHint) {
        let mut devices = self.devices();
        devices.retain(|device| device.provider() == hint.provider);
        let window = self.window_provider();
        match hint.target(window.as_deref(), !devices.is_empty()) {
            HintTarget::Window(event) => self.window_event(event),
            HintTarget::Devices(evidence) => {
                for device in devices {
                    device.handle(DeviceEvent::Hinted(evidence));
                }
            }
            HintTarget::Record => self.read_record(&hint.provider),
        }
    }

    fn read_record(self, provider: &str) {
        let session = self.session();
        let Some(row) = session.row(provider) else {
            return;
        };
        spawn_local(async move {
            let answer = session.read_external_auth(&row).await;
            let needs_list = || LinkHint::needs_list(&row.record());
            if matches!(answer, Some(Ok(()))) && needs_list() {
                session.load_anew().await;
            }
        });
    }
}
