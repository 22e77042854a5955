use std::sync::{Mutex, MutexGuard, PoisonError};

/// Locks a mutex, also after a handler panicked while it held the lock: its
/// data is still complete enough to be shown.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
