use std::ops::Deref;
use std::sync::Arc;

use external_auth_core::{
    Pending, ProviderRecord, ProviderState, RevocationWarning, RowModel, RowPart, SafeUrl,
    Timestamp,
};
use leptos::prelude::*;

use super::live::LiveCheck;
use super::row_circumstances::RowCircumstances;
use super::row_reader::RowChanges;
use super::{RowReader, Session};
use crate::platform::lower_case;
use crate::reactive::words;

/// One row of the list.
///
/// The signals belong to the session and live as long as it does. If the
/// deployment drops a provider while the page is open, its signals stay.
/// That is a small amount of memory.
#[derive(Clone)]
pub struct ProviderRow {
    /// The provider's id.
    pub id: Arc<str>,
    /// The name of the provider on this page. Names are unique.
    pub name: Signal<String>,
    model: StoredValue<RowModel>,
    /// One signal for the whole model, so that all readers of its parts have
    /// one type.
    changes: RwSignal<RowChanges>,
    given_name: RwSignal<String>,
    status: RowReader,
    record: StoredValue<ProviderRecord>,
    circumstances: StoredValue<RowCircumstances>,
    pub(crate) live: StoredValue<LiveState, LocalStorage>,
}

/// The live checks of a provider.
pub(crate) struct LiveState {
    /// The views in which the card is in the viewport, or close to it.
    near: Vec<u64>,
    /// Whether a list came since the last live check.
    pub(crate) is_wanted: bool,
    /// The running request.
    pub(crate) running: Option<LiveCheck>,
}

/// Two values are equal if they are the same row.
impl PartialEq for ProviderRow {
    fn eq(&self, other: &Self) -> bool {
        self.model == other.model
    }
}

impl ProviderRow {
    /// Creates a row in the current reactive owner.
    pub(crate) fn new(id: &str, session: Session, is_near: bool) -> Self {
        let record = ProviderRecord::default();
        let circumstances = RowCircumstances {
            pending: None,
            warning: warning_about(id, &session.warnings.read_untracked()),
            base_url: session.base_url(),
            verification_uri: String::new(),
            now: session.now.get_untracked(),
        };
        let given_name = RwSignal::new(id.to_owned());
        let model = StoredValue::new(circumstances.model(id, id, &record));
        let changes = RwSignal::default();
        Self {
            id: id.into(),
            name: words(move || given_name.get()),
            model,
            changes,
            given_name,
            status: RowReader::new(model, changes, RowPart::Status),
            record: StoredValue::new(record),
            circumstances: StoredValue::new(circumstances),
            live: StoredValue::new_local(LiveState {
                near: if is_near {
                    vec![EVERY_VIEW]
                } else {
                    Vec::new()
                },
                is_wanted: false,
                running: None,
            }),
        }
    }

    /// A reader of the model for a place that draws one part of it.
    #[must_use]
    pub fn part(&self, part: RowPart) -> RowReader {
        RowReader::new(self.model, self.changes, part)
    }

    /// Everything that the row shows and decides. A reader runs again after
    /// every change.
    #[must_use]
    pub fn model(&self) -> impl Deref<Target = RowModel> + use<> {
        self.changes.track();
        self.model.read_value()
    }

    /// The same, for code that does not follow signals.
    #[must_use]
    pub fn model_untracked(&self) -> impl Deref<Target = RowModel> + use<> {
        self.model.read_value()
    }

    /// The state, and whether there is a warning beside it. Lists are sorted,
    /// counted and filtered by both. A reader runs again when one of them
    /// changes.
    #[must_use]
    pub fn status(&self) -> (ProviderState, bool) {
        self.status.read().status()
    }

    /// The same, for code that does not follow signals.
    #[must_use]
    pub fn status_untracked(&self) -> (ProviderState, bool) {
        self.model.read_value().status()
    }

    /// The state. A reader runs again when it changes.
    #[must_use]
    pub fn state(&self) -> ProviderState {
        self.status().0
    }

    /// The state, for code that does not follow signals.
    #[must_use]
    pub fn state_untracked(&self) -> ProviderState {
        self.status_untracked().0
    }

    /// The state. None when the session is gone.
    #[must_use]
    pub fn try_state(&self) -> Option<ProviderState> {
        self.model.try_read_value().map(|model| model.state)
    }

    /// The pending command, for code that does not follow signals.
    #[must_use]
    pub fn pending_untracked(&self) -> Option<Pending> {
        self.model.read_value().pending
    }

    /// The warning that its token may not be revoked, for code that does not
    /// follow signals.
    #[must_use]
    pub fn warning_untracked(&self) -> Option<RevocationWarning> {
        self.model.read_value().warning.clone()
    }

    /// The record of the provider. No signal follows it.
    #[must_use]
    pub fn record(&self) -> impl Deref<Target = ProviderRecord> + use<> {
        self.record.read_value()
    }

    /// The record of the provider. None when the session is gone.
    #[must_use]
    pub fn try_record(&self) -> Option<impl Deref<Target = ProviderRecord> + use<>> {
        self.record.try_read_value()
    }

    /// Changes the record at this instant.
    pub(crate) fn apply(&self, now: Timestamp, change: impl FnOnce(&mut ProviderRecord)) {
        self.record.update_value(change);
        self.set_now(now);
    }

    /// Applies the current instant, because a token may have expired.
    pub(crate) fn set_now(&self, now: Timestamp) {
        self.update(|circumstances| circumstances.now = now);
    }

    /// Sets the name.
    pub(crate) fn set_name(&self, name: String) {
        if *self.given_name.read_untracked() != name {
            self.given_name.set(name);
            self.update(|_| ());
        }
    }

    /// Changes what is pending. The session may be gone.
    pub(crate) fn update_pending(&self, change: impl FnOnce(&mut Option<Pending>)) {
        self.update(|circumstances| change(&mut circumstances.pending));
    }

    /// Finds the warning about this provider among all warnings.
    pub(crate) fn update_warning(&self, warnings: &[RevocationWarning]) {
        let warning = warning_about(&self.id, warnings);
        self.update(|circumstances| circumstances.warning = warning);
    }

    /// Stores the address at which a code of the device flow is entered. The
    /// session may be gone.
    pub(crate) fn set_verification_uri(&self, verification_uri: String) {
        self.update(|circumstances| circumstances.verification_uri = verification_uri);
    }

    /// Changes the circumstances, and the model if it depends on them.
    fn update(&self, change: impl FnOnce(&mut RowCircumstances)) {
        let model = self.circumstances.try_update_value(|circumstances| {
            change(circumstances);
            let name = self.given_name.read_untracked();
            circumstances.model(&self.id, &name, &self.record())
        });
        let Some(model) = model else {
            return;
        };
        let mut changes = self.changes.get_untracked();
        let before = self.model.read_value();
        for (part, count) in RowPart::ALL.iter().zip(&mut changes) {
            *count += usize::from(part.differs(&before, &model));
        }
        drop(before);
        if self.changes.get_untracked() != changes {
            self.model.set_value(model);
            self.changes.set(changes);
        }
    }

    /// The address at which the provider lists the applications that the person
    /// has authorized. None if it is not known.
    #[must_use]
    pub fn authorizations_url(&self) -> Option<SafeUrl> {
        let circumstances = self.circumstances.read_value();
        self.record()
            .authorizations_url(&circumstances.verification_uri)
    }

    /// Whether a search finds the row, by the text that the card shows.
    #[must_use]
    pub fn is_found(&self, query: &str) -> bool {
        self.model().matches(query, lower_case)
    }

    /// The handle of the linked account, if it is known.
    #[must_use]
    pub fn login(&self) -> Option<String> {
        self.model().login().map(ToOwned::to_owned)
    }
}

fn warning_about(id: &str, warnings: &[RevocationWarning]) -> Option<RevocationWarning> {
    let own = warnings.iter().find(|warning| *warning.provider == *id);
    own.cloned()
}

/// Stands for all views if no view reports which cards are close to the
/// viewport.
const EVERY_VIEW: u64 = u64::MAX;

impl LiveState {
    /// Whether the card is in the viewport or close to it, in any view.
    pub(crate) fn is_near(&self) -> bool {
        !self.near.is_empty()
    }

    /// A view reports whether its card is close to the viewport.
    pub(crate) fn set_near(&mut self, view: u64, is_near: bool) {
        self.near.retain(|other| *other != view);
        if is_near {
            self.near.push(view);
        }
    }
}
