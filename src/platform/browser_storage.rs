use leptos::prelude::window;
use web_sys::Storage;

/// The local storage of this origin. A browser may refuse it, for example in
/// some private windows: then reads return nothing and writes do nothing.
pub struct BrowserStorage;

impl BrowserStorage {
    /// Reads the value of a key.
    #[must_use]
    pub fn read(key: &str) -> Option<String> {
        storage()?.get_item(key).ok()?
    }

    /// Stores `text` under a key, or removes the key when `text` is empty.
    pub fn write(key: &str, text: &str) {
        let Some(storage) = storage() else { return };
        // `setItem` throws when the storage is full.
        let _ = if text.is_empty() {
            storage.remove_item(key)
        } else {
            storage.set_item(key, text)
        };
    }

    /// Whether any key starts with `prefix`.
    #[must_use]
    pub fn has_prefix(prefix: &str) -> bool {
        let Some(storage) = storage() else {
            return false;
        };
        (0..storage.length().unwrap_or_default())
            .filter_map(|number| storage.key(number).ok()?)
            .any(|key| key.starts_with(prefix))
    }
}

fn storage() -> Option<Storage> {
    window().local_storage().ok()?
}
