use external_auth_core::{
    ProviderHints, RevocationWarning, SafeUrl, add_revocation_warning, authorizations_url,
    decode_revocation_warnings, encode_revocation_warnings, revocation_warnings_key,
};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{ExternalAuthStore, ProviderEntry, StoreEvent};
use crate::platform::{BrowserStorage, Listener};

impl ExternalAuthStore {
    /// Brings back the warnings that the person has not dismissed, as soon as it
    /// is known who that is. With a session token that is asked only where there
    /// is something kept; else it is asked with each list.
    pub(super) fn restore_warnings(self) {
        // Another tab may warn, or dismiss a warning.
        let listener = Listener::new(&window(), "storage", move |_| {
            if self.warnings_key().is_some() {
                self.read_warnings();
            } else {
                self.look_for_warnings();
            }
        });
        self.inner
            .with_value(|inner| inner.storage_listener.replace(Some(listener)));
        self.look_for_warnings();
    }

    /// Shows the warnings that are for the person who is signed in.
    fn look_for_warnings(self) {
        let prefix = revocation_warnings_key(&self.config().base_url, "");
        if !BrowserStorage::has_prefix(&prefix) {
            return;
        }
        spawn_local(async move {
            if self.identify_user().await {
                self.read_warnings();
                // The list may have been quicker; what is warned of comes first.
                self.sort_entries();
            }
        });
    }

    /// Warns that the token of a link that was removed may not be revoked.
    pub(super) fn warn(self, warning: RevocationWarning) {
        // On the page at once; kept when it is known for whom.
        self.change_warnings(|warnings| add_revocation_warning(warnings, warning.clone()));
        self.emit(&StoreEvent::RevocationFailed(warning.clone()));
        self.inner
            .with_value(|inner| inner.unkept_warnings.borrow_mut().push(warning));
        spawn_local(async move {
            if self.identify_user().await {
                let unkept = self.inner.with_value(|inner| inner.unkept_warnings.take());
                self.change_kept(|kept| {
                    for warning in unkept {
                        add_revocation_warning(kept, warning);
                    }
                });
                self.read_warnings();
            }
        });
    }

    /// The person has read the warning about a provider.
    pub fn dismiss_warning(self, provider: &str) {
        let others = |warnings: &mut Vec<RevocationWarning>| {
            warnings.retain(|warning| warning.provider != provider);
        };
        self.change_warnings(others);
        self.inner
            .with_value(|inner| others(&mut inner.unkept_warnings.borrow_mut()));
        self.change_kept(others);
    }

    /// What a warning about this provider says: its name, its reason, and where
    /// the grant can be ended by hand.
    pub(super) fn warning_about(self, entry: &ProviderEntry, reason: &str) -> RevocationWarning {
        RevocationWarning {
            provider: entry.id.to_string(),
            name: entry.name.get_untracked(),
            at: Some(self.read_clock()),
            reason: reason.to_owned(),
            url: (self.authorizations_url(entry))
                .map(|url| url.to_string())
                .unwrap_or_default(),
        }
    }

    /// Where the provider lists the applications that the person has
    /// authorised; none where that is not known.
    #[must_use]
    pub fn authorizations_url(self, entry: &ProviderEntry) -> Option<SafeUrl> {
        let record = entry.record.read();
        let provider = record.provider.as_ref()?;
        let live = record.live.as_ref().map(|live| &live.value);
        let profile_url = live
            .and_then(|live| live.user.as_ref())
            .map(|user| user.profile_url.as_str());
        let app_install_url = live.map(|live| live.app_install_url.as_str());
        let verification_uri = entry.verification_uri.get_value();
        authorizations_url(ProviderHints {
            kind: &provider.kind,
            display_name: &provider.display_name,
            has_app: live.is_some_and(|live| live.app_installable),
            addresses: &[
                profile_url.unwrap_or_default(),
                app_install_url.unwrap_or_default(),
                &verification_uri,
            ],
        })
    }

    /// Changes what is kept, as far as it is known for whom. What other tabs
    /// have kept meanwhile stays.
    fn change_kept(self, change: impl FnOnce(&mut Vec<RevocationWarning>)) {
        if let Some(key) = self.warnings_key() {
            change_kept_at(&key, change);
        }
    }

    /// Changes what is on the page.
    fn change_warnings(self, change: impl FnOnce(&mut Vec<RevocationWarning>)) {
        self.warnings.update(change);
        let warnings = self.warnings.read_untracked();
        for entry in &*self.entries.read_untracked() {
            entry.update_warning(&warnings);
        }
    }

    /// Keeps a warning for somebody who is not signed in any more: it is not for
    /// the eyes of the one who is.
    pub(super) fn keep_warning_for(self, user_id: &str, warning: RevocationWarning) {
        let key = revocation_warnings_key(&self.config().base_url, user_id);
        change_kept_at(&key, |kept| add_revocation_warning(kept, warning));
    }

    pub(super) fn read_warnings(self) {
        if let Some(key) = self.warnings_key() {
            let kept = BrowserStorage::read(&key).unwrap_or_default();
            let mut kept = decode_revocation_warnings(&kept);
            let unkept = self
                .inner
                .with_value(|inner| inner.unkept_warnings.borrow().clone());
            for warning in unkept {
                add_revocation_warning(&mut kept, warning);
            }
            if *self.warnings.read_untracked() != kept {
                self.change_warnings(|warnings| *warnings = kept);
            }
        }
    }

    /// The key of this user's warnings; none while the user is not known.
    fn warnings_key(self) -> Option<String> {
        let user = self.user()?.id;
        Some(revocation_warnings_key(&self.config().base_url, &user))
    }
}

fn change_kept_at(key: &str, change: impl FnOnce(&mut Vec<RevocationWarning>)) {
    let mut kept = decode_revocation_warnings(&BrowserStorage::read(key).unwrap_or_default());
    change(&mut kept);
    let text = if kept.is_empty() {
        String::new()
    } else {
        encode_revocation_warnings(&kept)
    };
    BrowserStorage::write(key, &text);
}
