use std::cell::RefCell;
use std::rc::Rc;

use external_auth_core::{RowModel, RowPart};
use leptos::prelude::*;

use crate::reactive::{Shared, memo};
use crate::session::ProviderRow;

/// Reads the model of a row for a place that draws one part of it. The place
/// is updated only when that part has changed.
#[derive(Clone, Copy)]
pub(super) struct RowReader {
    changes: Memo<usize>,
    last: Shared<RefCell<Last>>,
}

/// The model that was read last, and how often the part has changed.
struct Last {
    model: Rc<RowModel>,
    changes: usize,
}

impl RowReader {
    /// Creates a reader in the current reactive owner.
    pub(super) fn new(row: &ProviderRow, part: RowPart) -> Self {
        let last = Shared::new(RefCell::new(Last {
            model: row.model_untracked(),
            changes: 0,
        }));
        let row = row.clone();
        let changes = memo(move || {
            let model = row.model();
            last.with_value(|last| {
                let last = &mut *last.borrow_mut();
                last.changes += usize::from(part.differs(&last.model, &model));
                last.model = model;
                last.changes
            })
        });
        Self { changes, last }
    }

    /// The model.
    pub(super) fn read(&self) -> Rc<RowModel> {
        self.changes.get();
        self.last.with_value(|last| Rc::clone(&last.borrow().model))
    }
}
