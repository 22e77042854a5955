use std::rc::Rc;

use leptos::prelude::{GetValue, IsDisposed, LocalStorage, StoredValue};

/// A handle to a value that belongs to the reactive owner in which it was made.
///
/// It works like `StoredValue`, with two differences. The value stays alive
/// while it is used, even if its owner ends meanwhile. And finding the value is
/// one function for each type, which is not compiled again at each use.
pub struct Shared<T: 'static>(StoredValue<Rc<T>, LocalStorage>);

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Shared<T> {}

impl<T> Shared<T> {
    /// A handle to this value, which belongs to the present reactive owner.
    pub fn new(value: T) -> Self {
        Self(StoredValue::new_local(Rc::new(value)))
    }

    /// Whether the owner has ended.
    #[must_use]
    pub fn is_disposed(self) -> bool {
        self.0.is_disposed()
    }

    /// Uses the value. None when the owner has ended.
    pub fn try_with_value<R>(self, run: impl FnOnce(&T) -> R) -> Option<R> {
        self.find().map(|value| run(&value))
    }

    /// Uses the value.
    ///
    /// # Panics
    ///
    /// When the owner has ended.
    pub fn with_value<R>(self, run: impl FnOnce(&T) -> R) -> R {
        match self.find() {
            Some(value) => run(&value),
            None => has_ended(),
        }
    }

    #[inline(never)]
    fn find(self) -> Option<Rc<T>> {
        self.0.try_get_value()
    }
}

#[cold]
#[expect(
    clippy::panic,
    reason = "like a signal that is read after its owner has ended"
)]
fn has_ended() -> ! {
    panic!("the owner of this value has ended")
}
