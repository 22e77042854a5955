use leptos::prelude::*;

use super::View;

impl View {
    /// Has a screen reader say something, politely.
    pub(crate) fn announce(self, words: String) {
        set_region(self.announcement, words);
    }

    /// Has a screen reader say something at once.
    pub(crate) fn announce_now(self, words: String) {
        set_region(self.alert, words);
    }
}

/// Sets the words of a live region. A screen reader reads them when they change,
/// so words that are the same as before get a space that is not seen.
fn set_region(region: RwSignal<String>, words: String) {
    // The view may be gone by the time that there is something to say.
    region.try_update(|said| {
        let same = *said == words;
        *said = if same { words + "\u{a0}" } else { words };
    });
}
