use std::cell::{Cell, RefCell};
use std::rc::Rc;

use external_auth_core::{
    ListGroup, Origins, Pending, ProviderRecord, RevocationWarning, RowInput, RowModel, Timestamp,
};

use super::live::LiveCheck;
use super::row_signals::RowSignals;

/// What a row is made of. No signal follows it.
pub(super) struct RowInner {
    model: RefCell<Rc<RowModel>>,
    record: RefCell<Rc<ProviderRecord>>,
    circumstances: RefCell<RowCircumstances>,
    pub(super) live: RefCell<LiveState>,
    /// The group that the row was put in when the rows were sorted.
    pub(super) group: Cell<ListGroup>,
    /// The signals of all rows.
    pub(super) signals: RowSignals,
}

/// What the model is made from, in addition to the record.
pub(super) struct RowCircumstances {
    pub(super) pending: Option<Pending>,
    pub(super) warning: Option<RevocationWarning>,
    /// Whether it is being linked in a window that is open.
    pub(super) is_linking: bool,
    /// The address at which the person enters the code of the last device flow.
    /// Empty before the first one.
    pub(super) verification_uri: String,
    pub(super) now: Timestamp,
    /// The name of the provider on this page.
    pub(super) name: String,
}

/// The live checks of a provider.
#[derive(Default)]
pub(super) struct LiveState {
    /// The views in which the card is in the viewport, or close to it.
    near: Vec<u64>,
    /// Whether a list came since the last live check.
    pub(super) is_wanted: bool,
    /// The running request.
    pub(super) running: Option<LiveCheck>,
}

impl RowInner {
    /// A row of which nothing is known. `origins` judge the addresses in it.
    pub(super) fn new(
        id: &str,
        origins: Rc<Origins>,
        signals: RowSignals,
        circumstances: RowCircumstances,
    ) -> Self {
        let record = ProviderRecord {
            origins,
            ..ProviderRecord::default()
        };
        Self {
            model: RefCell::new(Rc::new(circumstances.model(id, &record))),
            record: RefCell::new(Rc::new(record)),
            circumstances: RefCell::new(circumstances),
            live: RefCell::default(),
            group: Cell::new(ListGroup::Available),
            signals,
        }
    }

    /// Everything that the row shows and decides.
    pub(super) fn model(&self) -> Rc<RowModel> {
        Rc::clone(&self.model.borrow())
    }

    /// Everything that is known of the provider.
    pub(super) fn record(&self) -> Rc<ProviderRecord> {
        Rc::clone(&self.record.borrow())
    }

    /// The address of the last device flow, or empty.
    pub(super) fn verification_uri(&self) -> String {
        self.circumstances.borrow().verification_uri.clone()
    }

    /// Changes the record.
    pub(super) fn change_record(&self, change: impl FnOnce(&mut ProviderRecord)) {
        change(Rc::make_mut(&mut self.record.borrow_mut()));
    }

    /// Changes the circumstances.
    pub(super) fn change(&self, change: impl FnOnce(&mut RowCircumstances)) {
        change(&mut self.circumstances.borrow_mut());
    }

    /// Makes the model again, and returns the one before and the new one.
    pub(super) fn renew_model(&self, id: &str) -> (Rc<RowModel>, Rc<RowModel>) {
        let model = Rc::new(self.circumstances.borrow().model(id, &self.record.borrow()));
        let before = self.model.replace(Rc::clone(&model));
        (before, model)
    }
}

impl RowCircumstances {
    fn model(&self, id: &str, record: &ProviderRecord) -> RowModel {
        RowModel::of(RowInput {
            id,
            name: &self.name,
            record,
            pending: self.pending,
            warning: self.warning.as_ref(),
            is_linking: self.is_linking,
            verification_uri: &self.verification_uri,
            now: self.now,
        })
    }
}

/// Stands for all views if no view reports which cards are close to the
/// viewport.
const EVERY_VIEW: u64 = u64::MAX;

impl LiveState {
    /// Whether the card is in the viewport or close to it, in any view.
    pub(super) fn is_near(&self) -> bool {
        !self.near.is_empty()
    }

    /// A view reports whether its card is close to the viewport.
    pub(super) fn set_near(&mut self, view: u64, is_near: bool) {
        self.near.retain(|other| *other != view);
        if is_near {
            self.near.push(view);
        }
    }

    /// No view reports which cards are close to the viewport.
    pub(super) fn set_always_near(&mut self) {
        self.set_near(EVERY_VIEW, true);
    }
}
