use external_auth_core::wire::Provider;
use external_auth_core::{ApiError, routes};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{ExternalAuthStore, ProviderEntry};
use crate::platform::{current_path, replace, take_redirect_return};

/// How the page of one provider stands.
#[derive(Clone)]
pub enum ProviderPageStatus {
    /// The provider is being asked.
    Loading,
    /// It could not be asked, or is not known.
    Failed(ApiError),
    /// It was.
    Ready(ProviderEntry),
}

impl ExternalAuthStore {
    /// Asks one provider, for a page of its own. Where there is no link yet
    /// the redirect flow begins by itself, in this tab, if `begins` allows it.
    pub fn open_provider(self, id: &str, status: RwSignal<ProviderPageStatus>, begins: bool) {
        let id = id.to_owned();
        status.set(ProviderPageStatus::Loading);
        self.inner
            .with_value(|inner| inner.single.replace(Some(id.as_str().into())));
        self.restore_warnings();
        let returned = take_redirect_return(&self.config().base_url);
        // It came back without a link: to begin again by itself would be a loop.
        let begins = begins && returned.is_none();
        spawn_local(async move {
            let order = self.next_order();
            self.ask_person_beside(order);
            let answer = self.client().external_auth(&id).await;
            if self.inner.is_disposed() {
                return;
            }
            let live = match answer {
                Ok(live) => live,
                Err(error) => {
                    self.notice_session_end(&error);
                    status.set(ProviderPageStatus::Failed(error));
                    return;
                }
            };
            let linked = live.authenticated;
            if !linked && !live.device && begins {
                // In place of this page, so that going back from the provider
                // does not come here only to be sent there again.
                let separator = if current_path().contains('?') {
                    '&'
                } else {
                    '?'
                };
                let back = format!("{}{separator}redirected=true", current_path());
                replace(&self.deployment_url(&routes::callback(&id, &back)));
            }
            let entry = self.new_entry(&id);
            let provider = Provider {
                id: id.clone(),
                // Only these say who is linked.
                kind: live.user.iter().map(|_| "github").collect(),
                device: live.device,
                display_name: live.display_name.clone(),
                allow_validate: true,
                ..Provider::default()
            };
            if !live.display_name.is_empty() {
                entry.given_name.set(live.display_name.clone());
            }
            let now = self.read_clock();
            entry.apply(now, |record| {
                record.take_list(Some(provider), None, order, now);
                record.take_live(live, order, now);
            });
            self.entries.set(vec![entry.clone()]);
            status.set(ProviderPageStatus::Ready(entry));
            if linked {
                // The list knows what by-id does not: when the token ends, and
                // whether it can be revoked.
                self.load().await;
            }
            if returned.is_some_and(|returned| returned == id) && !self.inner.is_disposed() {
                self.welcome_back(&id);
            }
        });
    }
}
