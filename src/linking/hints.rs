use std::cell::{Cell, RefCell};

use external_auth_core::{DeviceEvent, HintPacer, HintTarget, LinkHint};
use gloo_timers::callback::Timeout;
use leptos::task::spawn_local;

use super::Linking;
use crate::platform::moment;
use crate::session::{ProviderRow, Session};

/// The hints of other tabs that are not acted on yet.
#[derive(Default)]
pub(super) struct Hints {
    pacer: RefCell<HintPacer>,
    timer: RefCell<Option<Timeout>>,
    /// The providers that are to be read.
    to_read: RefCell<Vec<ProviderRow>>,
    is_reading: Cell<bool>,
}

impl Linking {
    /// Another tab, or the return page, says that a link may have changed.
    pub(super) fn take_hint(self, hint: &LinkHint) {
        if self.session().row(&hint.provider).is_none() {
            return;
        }
        let now = moment().monotonic;
        let acts = self.with_hints(|hints| hints.pacer.borrow_mut().take(hint, now));
        if acts == Some(true) {
            self.act_on(hint.clone());
        }
        self.wait_for_next();
    }

    /// Sets the timer for the next hint that waits.
    fn wait_for_next(self) {
        let now = moment().monotonic;
        let due = self.with_hints(|hints| hints.pacer.borrow().next_due(now));
        let timer = due.flatten().map(|due| {
            let due_ms = u32::try_from(due.as_millis()).unwrap_or(u32::MAX);
            // One more, because the timer rounds down.
            Timeout::new(due_ms.saturating_add(1), move || self.act_on_due())
        });
        self.with_hints(|hints| drop(hints.timer.replace(timer)));
    }

    fn act_on_due(self) {
        let now = moment().monotonic;
        let due = self.with_hints(|hints| hints.pacer.borrow_mut().take_due(now));
        for hint in due.unwrap_or_default() {
            self.act_on(hint);
        }
        self.wait_for_next();
    }

    fn act_on(self, hint: LinkHint) {
        let session = self.session();
        let Some(row) = session.row(&hint.provider) else {
            return;
        };
        spawn_local(async move {
            // A hint aborts nothing. What is read now may be older than the change.
            Session::let_external_auth_end(&row).await;
            if !session.is_gone() {
                self.pass_on(&hint, row);
            }
        });
    }

    fn pass_on(self, hint: &LinkHint, row: ProviderRow) {
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
            HintTarget::Record => self.with_hints(|hints| hints.add(row)).unwrap_or_default(),
        }
        if self.with_hints(|hints| hints.is_reading.replace(true)) == Some(false) {
            spawn_local(self.read_records(self.session()));
        }
    }

    /// Reads providers by id, one after another, and then the list if necessary.
    async fn read_records(self, session: Session) {
        loop {
            let next = self.with_hints(|hints| hints.to_read.borrow_mut().pop());
            if let Some(row) = next.flatten() {
                Session::let_external_auth_end(&row).await;
                let answer = session.join_external_auth(&row).await;
                if session.is_gone() {
                    return;
                }
                if matches!(answer, Some(Ok(()))) && LinkHint::needs_list(&row.record()) {
                    self.with_hints(|hints| hints.pacer.borrow_mut().want_list());
                }
            } else if self.with_hints(|hints| hints.pacer.borrow_mut().take_list()) == Some(true) {
                session.load_anew().await;
            } else {
                self.with_hints(|hints| hints.is_reading.set(false));
                return;
            }
        }
    }

    fn with_hints<T>(self, read: impl FnOnce(&Hints) -> T) -> Option<T> {
        self.inner.try_with_value(|inner| read(&inner.hints))
    }
}

impl Hints {
    fn add(&self, row: ProviderRow) {
        let mut to_read = self.to_read.borrow_mut();
        if to_read.iter().all(|other| other.id != row.id) {
            to_read.push(row);
        }
    }
}
