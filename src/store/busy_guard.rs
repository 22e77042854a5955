use std::cell::Cell;
use std::rc::Rc;

/// While one of these is there, the list is not read by itself when the person
/// comes back to the tab: something runs that reads what it needs.
#[must_use = "the list is read by itself again when this is dropped"]
pub(crate) struct BusyGuard(Rc<Cell<u32>>);

impl BusyGuard {
    /// Counts in `running`.
    pub(super) fn begin(running: &Rc<Cell<u32>>) -> Self {
        running.set(running.get() + 1);
        Self(Rc::clone(running))
    }
}

impl Drop for BusyGuard {
    fn drop(&mut self) {
        self.0.set(self.0.get() - 1);
    }
}
