use std::rc::Rc;

use external_auth_core::{RowModel, RowPart};
use leptos::prelude::*;

use super::row_inner::RowInner;
use crate::reactive::{Shared, memo};

/// How often each part of a row has changed.
pub(super) type RowChanges = [usize; RowPart::ALL.len()];

/// Reads the model of a row for a place that draws one part of it. The place
/// is updated only when that part has changed.
#[derive(Clone, Copy)]
pub struct RowReader {
    changes: Memo<usize>,
    inner: Shared<RowInner>,
}

impl RowReader {
    pub(super) fn new(
        inner: Shared<RowInner>,
        changes: RwSignal<RowChanges>,
        part: RowPart,
    ) -> Self {
        Self {
            changes: memo(move || changes.read()[part as usize]),
            inner,
        }
    }

    /// The model.
    #[must_use]
    pub fn read(&self) -> Rc<RowModel> {
        self.changes.get();
        self.inner.with_value(RowInner::model)
    }
}
