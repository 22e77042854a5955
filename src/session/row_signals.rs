use leptos::prelude::*;

/// Tells the readers of a whole list that rows have changed.
///
/// A reader for each row would cost memory for each row. A reader of the list
/// goes through all rows instead, which is quick, because it compares little.
#[derive(Clone, Copy)]
pub(super) struct RowSignals {
    /// The model of any row has changed.
    models: RwSignal<()>,
    /// The state of any row has changed, or whether it has a warning.
    statuses: RwSignal<()>,
}

impl RowSignals {
    /// Creates the signals in the current reactive owner.
    pub(super) fn new() -> Self {
        Self {
            models: RwSignal::new(()),
            statuses: RwSignal::new(()),
        }
    }

    /// A reader runs again when the model of any row changes.
    pub(super) fn track_models(self) {
        self.models.track();
    }

    /// A reader runs again when the status of any row changes.
    pub(super) fn track_statuses(self) {
        self.statuses.track();
    }

    /// A row has changed. The session may be gone.
    pub(super) fn notify(self, is_status: bool) {
        self.models.try_set(());
        if is_status {
            self.statuses.try_set(());
        }
    }
}
