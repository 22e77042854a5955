use leptos::prelude::window;
use web_sys::Storage;

/// The session storage of this origin in this tab. It is still there when the
/// tab comes back from another origin. A browser may refuse it, for example in
/// a sandboxed frame: then it is empty.
pub struct TabStorage;

impl TabStorage {
    /// Reads the value of a key.
    #[must_use]
    pub fn read(key: &str) -> Option<String> {
        storage()?.get_item(key).ok()?
    }

    /// Stores `text` under a key. Returns whether this succeeded.
    #[must_use]
    pub fn write(key: &str, text: &str) -> bool {
        storage().is_some_and(|storage| storage.set_item(key, text).is_ok())
    }

    /// Removes a key.
    pub fn remove(key: &str) {
        if let Some(storage) = storage() {
            let _ = storage.remove_item(key);
        }
    }
}

fn storage() -> Option<Storage> {
    window().session_storage().ok()?
}
