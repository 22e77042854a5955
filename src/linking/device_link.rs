use external_auth_core::{DeviceEvent, DeviceView};
use leptos::prelude::*;

use super::Linking;
use crate::session::ProviderRow;

/// A device flow that runs on this page, for the dialog that shows it. It runs
/// until the account is linked or until [`close`](Self::close).
#[derive(Clone)]
pub struct DeviceLink {
    /// The provider to link.
    pub row: ProviderRow,
    /// What to show.
    pub shown: ArcReadSignal<DeviceView>,
    /// How long the code is still good for, in seconds; none without a code.
    pub seconds_left: ArcReadSignal<Option<u64>>,
    pub(super) linking: Linking,
    pub(super) number: u64,
}

/// Two are equal when they are one and the same flow.
impl PartialEq for DeviceLink {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
    }
}

impl DeviceLink {
    /// Asks for a new code, after an end or instead of a tab that stopped.
    pub fn renew(&self) {
        self.handle(DeviceEvent::Renew);
    }

    /// Begins here, instead of in the tab that links the same provider; that
    /// one stops.
    pub fn take_over(&self) {
        self.handle(DeviceEvent::TakeOver);
    }

    /// Nothing shows it any more: polling stops at once.
    pub fn close(&self) {
        self.linking.close_device(self.number);
    }

    fn handle(&self, event: DeviceEvent) {
        if let Some(running) = self.linking.device(self.number) {
            running.handle(event);
        }
    }
}
