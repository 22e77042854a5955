use std::rc::Rc;
use std::sync::Arc;

use external_auth_core::{
    ListGroup, Pending, ProviderRecord, ProviderState, RevocationWarning, RowModel, SafeUrl,
    Timestamp, shown_name,
};
use leptos::prelude::*;

use super::Session;
use super::row_inner::{LiveState, RowCircumstances, RowInner};
use crate::platform::lower_case;
use crate::reactive::{Shared, words};

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
    /// The place of the row in the order in which the session made its rows.
    pub number: usize,
    /// Tells the readers of this row that its model has changed.
    changes: RwSignal<()>,
    given_name: RwSignal<String>,
    inner: Shared<RowInner>,
}

/// Two values are equal if they are the same row.
impl PartialEq for ProviderRow {
    fn eq(&self, other: &Self) -> bool {
        self.changes == other.changes
    }
}

impl ProviderRow {
    /// Creates a row in the current reactive owner.
    pub(crate) fn new(id: &str, number: usize, session: Session, is_near: bool) -> Self {
        // An id of an address can be any text.
        let name = shown_name(id);
        let inner = RowInner::new(
            id,
            session.origins(),
            session.row_signals(),
            RowCircumstances {
                pending: None,
                warning: warning_about(id, &session.warnings.read_untracked()),
                is_linking: false,
                verification_uri: String::new(),
                now: session.now.get_untracked(),
                name: name.clone(),
            },
        );
        if is_near {
            inner.live.borrow_mut().set_always_near();
        }
        let inner = Shared::new(inner);
        let given_name = RwSignal::new(name);
        let changes = RwSignal::new(());
        Self {
            id: id.into(),
            name: words(move || given_name.get()),
            number,
            changes,
            given_name,
            inner,
        }
    }

    /// Everything that the row shows and decides. A reader runs again after
    /// every change.
    #[must_use]
    pub fn model(&self) -> Rc<RowModel> {
        self.changes.track();
        self.model_untracked()
    }

    /// [`model`](Self::model), for code that does not follow signals.
    #[must_use]
    pub fn model_untracked(&self) -> Rc<RowModel> {
        self.inner.with_value(RowInner::model)
    }

    /// The state, and whether there is a warning beside it. Lists are sorted,
    /// counted and filtered by both. A reader of a list calls
    /// [`Session::track_statuses`] instead of following each row.
    #[must_use]
    pub fn status(&self) -> (ProviderState, bool) {
        self.model_untracked().status()
    }

    /// The group that the row belongs to now, and whether it comes first there.
    #[must_use]
    pub fn place(&self) -> (ListGroup, bool) {
        self.model_untracked().place()
    }

    /// The group that the row was put in when the rows were sorted. It stays
    /// there while answers arrive, so that nothing moves under the pointer.
    #[must_use]
    pub fn group(&self) -> ListGroup {
        self.inner.with_value(|inner| inner.group.get())
    }

    /// Puts the row in the group that it belongs to now. Returns whether that is
    /// another one.
    pub(super) fn take_place(&self) -> bool {
        let group = self.place().0;
        self.inner.with_value(|inner| inner.group.replace(group)) != group
    }

    /// The state. A reader runs again after every change of the row.
    #[must_use]
    pub fn state(&self) -> ProviderState {
        self.model().state
    }

    /// The state, for code that does not follow signals.
    #[must_use]
    pub fn state_untracked(&self) -> ProviderState {
        self.status().0
    }

    /// The state. None when the session is gone.
    #[must_use]
    pub fn try_state(&self) -> Option<ProviderState> {
        self.inner.try_with_value(|inner| inner.model().state)
    }

    /// The pending command, for code that does not follow signals.
    #[must_use]
    pub fn pending_untracked(&self) -> Option<Pending> {
        self.model_untracked().pending
    }

    /// The warning that its token may not be revoked, for code that does not
    /// follow signals.
    #[must_use]
    pub fn warning_untracked(&self) -> Option<RevocationWarning> {
        self.model_untracked().warning.clone()
    }

    /// The record of the provider. No signal follows it.
    #[must_use]
    pub fn record(&self) -> Rc<ProviderRecord> {
        self.inner.with_value(RowInner::record)
    }

    /// The record of the provider. None when the session is gone.
    #[must_use]
    pub fn try_record(&self) -> Option<Rc<ProviderRecord>> {
        self.inner.try_with_value(RowInner::record)
    }

    /// Changes the record at this instant.
    pub(crate) fn apply(&self, now: Timestamp, change: impl FnOnce(&mut ProviderRecord)) {
        self.inner.with_value(|inner| inner.change_record(change));
        self.set_now(now);
    }

    /// Changes the name and the record at this instant, and so makes the model
    /// only once: a long list does this for each row.
    pub(super) fn apply_named(
        &self,
        name: String,
        now: Timestamp,
        change: impl FnOnce(&mut ProviderRecord),
    ) {
        if *self.given_name.read_untracked() != name {
            self.given_name.set(name.clone());
            self.inner
                .with_value(|inner| inner.change(|circumstances| circumstances.name = name));
        }
        self.apply(now, change);
    }

    /// Applies the current instant, because a token may have expired.
    pub(crate) fn set_now(&self, now: Timestamp) {
        self.update(|circumstances| circumstances.now = now);
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

    /// The window in which the account is being linked has opened or closed. The
    /// session may be gone.
    pub(crate) fn set_linking(&self, is_linking: bool) {
        self.update(|circumstances| circumstances.is_linking = is_linking);
    }

    /// Stores the address at which a code of the device flow is entered. The
    /// session may be gone.
    pub(crate) fn set_verification_uri(&self, verification_uri: String) {
        self.update(|circumstances| circumstances.verification_uri = verification_uri);
    }

    /// Changes the circumstances, and the model if it depends on them.
    fn update(&self, change: impl FnOnce(&mut RowCircumstances)) {
        let notice = self.inner.try_with_value(|inner| {
            inner.change(change);
            let (before, model) = inner.renew_model(&self.id);
            let is_status = before.status() != model.status();
            (before != model).then_some((inner.signals, is_status))
        });
        let Some(Some((signals, is_status))) = notice else {
            return;
        };
        self.changes.try_set(());
        signals.notify(is_status);
    }

    /// Uses the state of the live checks. None when the session is gone.
    pub(super) fn with_live<R>(&self, run: impl FnOnce(&mut LiveState) -> R) -> Option<R> {
        self.inner
            .try_with_value(|inner| run(&mut inner.live.borrow_mut()))
    }

    /// The address at which the provider lists the applications that the person
    /// has authorized. None if it is not known.
    #[must_use]
    pub fn authorizations_url(&self) -> Option<SafeUrl> {
        let verification_uri = self.inner.with_value(RowInner::verification_uri);
        self.record().authorizations_url(&verification_uri)
    }

    /// Whether a search finds the row, by the text that it shows. `query`: in lower
    /// case.
    #[must_use]
    pub fn is_found(&self, query: &str) -> bool {
        self.model_untracked().matches(query, lower_case)
    }

    /// Whether a form may rely on the link, as far as that is known. A reader runs
    /// again when this changes.
    #[must_use]
    pub fn works(&self) -> bool {
        !matches!(
            self.state(),
            ProviderState::NotLinked
                | ProviderState::NoLongerConfigured
                | ProviderState::NeedsAttention(_)
        )
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
