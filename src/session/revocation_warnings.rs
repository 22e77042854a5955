use std::cell::RefCell;
use std::sync::Arc;

use external_auth_core::{
    RevocationWarning, add_revocation_warning, decode_revocation_warnings,
    encode_revocation_warnings, is_revocation_warnings_key, revocation_warnings_key,
};
use js_sys::Reflect;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Session, SessionEvent};
use crate::platform::{BrowserStorage, Listener};
use crate::session::ProviderRow;

/// Warnings for a person who is not known yet. They are on the page, but not
/// in the browser's storage.
#[derive(Default)]
pub(super) struct UnkeptWarnings(RefCell<Vec<RevocationWarning>>);

impl UnkeptWarnings {
    pub(super) fn clear(&self) {
        self.0.borrow_mut().clear();
    }
}

impl Session {
    /// Restores the warnings that the person has not dismissed, as soon as it
    /// is known who the person is. With a session token, that is asked only if
    /// a warning is stored. With a cookie, it is asked with each list.
    pub(crate) fn restore_warnings(self) {
        // Another tab may add or dismiss a warning.
        let base_url = self.base_url();
        let listener = Listener::new(&window(), "storage", move |event| {
            let key = Reflect::get(&event, &"key".into()).ok();
            let key = key.and_then(|key| key.as_string());
            if !is_revocation_warnings_key(key.as_deref(), &base_url) {
                return;
            }
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
        let prefix = revocation_warnings_key(&self.base_url(), "");
        if !BrowserStorage::has_prefix(&prefix) {
            return;
        }
        spawn_local(async move {
            if self.identify_user().await {
                self.read_warnings();
                // The list may have been shown before. Rows with a warning come first.
                if !self.warnings.read_untracked().is_empty() {
                    self.sort_rows();
                }
            }
        });
    }

    /// Adds the warning that the token of a removed link may still be valid.
    pub(crate) fn warn(self, warning: RevocationWarning) {
        // The warning is shown immediately, and stored when the person is
        // known.
        self.change_warnings(|warnings| add_revocation_warning(warnings, warning.clone()));
        self.emit(&SessionEvent::RevocationFailed(warning.clone()));
        self.inner
            .with_value(|inner| inner.unkept_warnings.0.borrow_mut().push(warning));
        spawn_local(async move {
            if self.identify_user().await {
                let unkept = self
                    .inner
                    .with_value(|inner| inner.unkept_warnings.0.take());
                self.change_kept(|kept| {
                    for warning in unkept {
                        add_revocation_warning(kept, warning);
                    }
                });
                self.read_warnings();
            }
        });
    }

    /// Dismisses the warning about a provider.
    pub fn dismiss_warning(self, provider: &str) {
        let others = |warnings: &mut Vec<RevocationWarning>| {
            warnings.retain(|warning| warning.provider != provider);
        };
        self.change_warnings(others);
        self.inner
            .with_value(|inner| others(&mut inner.unkept_warnings.0.borrow_mut()));
        self.change_kept(others);
    }

    /// A warning about this provider: its name, the reason, and the address
    /// where the person can remove the access.
    pub(crate) fn warning_about(self, row: &ProviderRow, reason: &str) -> RevocationWarning {
        RevocationWarning {
            provider: row.id.to_string(),
            name: row.name.get_untracked(),
            at: Some(self.read_clock()),
            reason: reason.to_owned(),
            url: (row.authorizations_url())
                .map(|url| url.to_string())
                .unwrap_or_default(),
        }
    }

    /// Changes the stored warnings, if the person is known. Keeps what other
    /// tabs have stored.
    fn change_kept(self, change: impl FnOnce(&mut Vec<RevocationWarning>)) {
        if let Some(key) = self.warnings_key() {
            change_kept_at(&key, change);
        }
    }

    /// Changes the warnings on the page.
    fn change_warnings(self, change: impl FnOnce(&mut Vec<RevocationWarning>)) {
        if let Some(write) = self.write() {
            write.warnings.update(change);
        }
        let warnings = self.warnings.read_untracked();
        for row in &*self.rows.read_untracked() {
            row.update_warning(&warnings);
        }
    }

    /// Shows the stored warnings of the person who is signed in.
    pub(super) fn read_warnings(self) {
        if let Some(key) = self.warnings_key() {
            let kept = BrowserStorage::read(&key).unwrap_or_default();
            let mut kept = decode_revocation_warnings(&kept);
            let unkept = self
                .inner
                .with_value(|inner| inner.unkept_warnings.0.borrow().clone());
            for warning in unkept {
                add_revocation_warning(&mut kept, warning);
            }
            if *self.warnings.read_untracked() != kept {
                self.change_warnings(|warnings| *warnings = kept);
            }
        }
    }

    /// The storage key of this user's warnings. None if the user is not known.
    fn warnings_key(self) -> Option<String> {
        let user = self.user()?.id;
        Some(revocation_warnings_key(&self.base_url(), &user))
    }
}

/// The storage for the warnings of one person, who may no longer be signed
/// in. Another person must not see a warning.
pub(crate) struct KeptFor {
    base_url: Arc<str>,
    user_id: String,
}

impl KeptFor {
    /// Stores a warning for the person.
    pub(crate) fn keep(&self, warning: RevocationWarning) {
        let key = revocation_warnings_key(&self.base_url, &self.user_id);
        change_kept_at(&key, |kept| add_revocation_warning(kept, warning));
    }
}

impl Session {
    /// The storage for the warnings of the person who is signed in now. None if
    /// that is not known. Also works after the session is over.
    pub(crate) fn kept_for_user(self) -> Option<KeptFor> {
        Some(KeptFor {
            base_url: self.base_url(),
            user_id: self.user()?.id,
        })
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
