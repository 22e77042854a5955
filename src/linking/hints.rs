use external_auth_core::{DeviceEvent, HintTarget, LinkHint};
use leptos::task::spawn_local;

use super::Linking;

impl Linking {
    /// Another tab, or the return page, says that a link may have changed.
    pub(super) fn take_hint(self, hint: &LinkHint) {
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
            let needs_list = || !session.is_gone() && LinkHint::needs_list(&row.record());
            if matches!(answer, Some(Ok(()))) && needs_list() {
                session.load_anew().await;
            }
        });
    }
}
