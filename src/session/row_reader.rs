use std::ops::Deref;

use external_auth_core::{RowModel, RowPart};
use leptos::prelude::*;

use crate::reactive::memo;

/// How often each part of a row has changed.
pub(super) type RowChanges = [usize; RowPart::ALL.len()];

/// Reads the model of a row for a place that draws one part of it. The place
/// is updated only when that part has changed.
#[derive(Clone, Copy)]
pub struct RowReader {
    changes: Memo<usize>,
    model: StoredValue<RowModel>,
}

impl RowReader {
    pub(super) fn new(
        model: StoredValue<RowModel>,
        changes: RwSignal<RowChanges>,
        part: RowPart,
    ) -> Self {
        Self {
            changes: memo(move || changes.read()[part as usize]),
            model,
        }
    }

    /// The model.
    #[must_use]
    pub fn read(&self) -> impl Deref<Target = RowModel> + use<> {
        self.changes.get();
        self.model.read_value()
    }
}
