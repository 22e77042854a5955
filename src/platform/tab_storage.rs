use leptos::prelude::window;
use web_sys::Storage;

/// What this tab keeps for this origin, also while it is at another one.
/// Nothing where the browser refuses, as in a sandboxed frame.
pub struct TabStorage;

impl TabStorage {
    /// What is kept under a key.
    #[must_use]
    pub fn read(key: &str) -> Option<String> {
        storage()?.get_item(key).ok()?
    }

    /// Keeps `text` under a key. Whether it is kept now.
    #[must_use]
    pub fn write(key: &str, text: &str) -> bool {
        storage().is_some_and(|storage| storage.set_item(key, text).is_ok())
    }

    /// Keeps nothing under a key any more.
    pub fn remove(key: &str) {
        if let Some(storage) = storage() {
            let _ = storage.remove_item(key);
        }
    }
}

fn storage() -> Option<Storage> {
    window().session_storage().ok()?
}
