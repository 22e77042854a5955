use external_auth_core::wire::Provider;
use external_auth_core::{ApiError, shown_name};

use super::Session;
use crate::session::ProviderRow;

/// The answer about one provider, for the page that shows it alone.
#[derive(Clone)]
pub struct SingleProvider {
    /// The provider's row.
    pub row: ProviderRow,
    /// Whether the person has linked an account.
    pub is_linked: bool,
    /// Whether the provider is linked by the device flow.
    pub has_device_flow: bool,
}

impl Session {
    /// Requests one provider, and makes it the only row: `GET
    /// /external-auth/{id}`. None if the session is over by the time of the
    /// answer.
    ///
    /// # Errors
    ///
    /// When no complete answer arrives in time, or when it cannot be read.
    pub async fn read_single(self, id: &str) -> Option<Result<SingleProvider, ApiError>> {
        self.inner
            .with_value(|inner| inner.single.replace(Some(id.into())));
        let sequence = self.next_sequence();
        self.ask_person_beside(sequence);
        let answer = self.client().external_auth(id).await;
        if self.is_gone() {
            return None;
        }
        let live = match answer {
            Ok(live) => live,
            Err(error) => {
                self.notice_session_end(&error);
                return Some(Err(error));
            }
        };
        let row = self.new_row(id);
        let provider = Provider {
            id: id.to_owned(),
            // Only these providers report the linked account.
            kind: live.user.iter().map(|_| "github").collect(),
            device: live.device,
            display_name: live.display_name.clone(),
            allow_validate: true,
            ..Provider::default()
        };
        let name = if live.display_name.is_empty() {
            id.to_owned()
        } else {
            live.display_name.clone()
        };
        let single = SingleProvider {
            row: row.clone(),
            is_linked: live.authenticated,
            has_device_flow: live.device,
        };
        let now = self.read_clock();
        row.apply_named(shown_name(&name), now, |record| {
            record.apply_list(Some(provider), None, sequence, now);
            record.apply_live(live, sequence, now);
        });
        self.set_rows(vec![row]);
        Some(Ok(single))
    }
}
