use leptos::prelude::window;
use web_sys::Storage;

/// What this browser keeps for this origin. Where it keeps nothing, as in some
/// private windows, reading finds nothing and writing does nothing.
pub struct BrowserStorage;

impl BrowserStorage {
    /// What is kept under a key.
    #[must_use]
    pub fn read(key: &str) -> Option<String> {
        storage()?.get_item(key).ok()?
    }

    /// Keeps `text` under a key; nothing when it is empty.
    pub fn write(key: &str, text: &str) {
        let Some(storage) = storage() else { return };
        // It throws when the browser's space is used up.
        let _ = if text.is_empty() {
            storage.remove_item(key)
        } else {
            storage.set_item(key, text)
        };
    }

    /// Whether anything is kept under a key that begins so.
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
