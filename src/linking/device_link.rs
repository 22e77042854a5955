use std::rc::Rc;

use external_auth_core::{DeviceEvent, DeviceView, Origins};
use leptos::prelude::*;

use super::Linking;
use crate::session::ProviderRow;

/// A device flow that runs on this page, for the dialog that shows it. It
/// runs until the account is linked or until [`close`](Self::close).
#[derive(Clone)]
pub struct DeviceLink {
    /// The provider to link.
    pub row: ProviderRow,
    /// What to show.
    pub shown: ArcReadSignal<DeviceView>,
    /// The seconds until the code expires. None without a code.
    pub seconds_left: ArcReadSignal<Option<u64>>,
    pub(super) linking: Linking,
    pub(super) number: u64,
}

/// Two values are equal if they belong to the same flow.
impl PartialEq for DeviceLink {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
    }
}

impl DeviceLink {
    /// Requests a new code, after the flow has ended or after another tab has
    /// stopped.
    pub fn renew(&self) {
        self.handle(DeviceEvent::Renew);
    }

    /// Starts the flow in this tab. The tab that links the same provider stops.
    pub fn take_over(&self) {
        self.handle(DeviceEvent::TakeOver);
    }

    /// Closes the flow, because nothing shows it any longer. Polling stops at
    /// once.
    pub fn close(&self) {
        self.linking.close_device(self.number);
    }

    /// The origins by which the address of the provider is judged.
    #[must_use]
    pub fn origins(&self) -> Rc<Origins> {
        self.linking.session().origins()
    }

    fn handle(&self, event: DeviceEvent) {
        if let Some(running) = self.linking.device(self.number) {
            running.handle(event);
        }
    }
}
