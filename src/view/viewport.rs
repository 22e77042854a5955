use leptos::prelude::*;
use web_sys::Element;

use super::View;
use crate::platform::NearViewport;
use crate::session::ProviderEntry;

impl View {
    /// From now on providers are asked automatically only while their cards are
    /// near to be seen, in this view or another one that watches.
    pub fn watch_viewport(self) {
        let viewport = NearViewport::new(move |id, is_near| {
            let id = id.trim_start_matches(ProviderEntry::ELEMENT_ID_PREFIX);
            if let Some(entry) = self.session.entry(id) {
                self.set_near(&entry, is_near);
            }
        });
        if viewport.is_some() {
            self.session.ask_only_near();
        }
        self.inner
            .with_value(|inner| inner.viewport.replace(viewport));
    }

    /// A card is on the page.
    pub fn watch_card(self, card: &Element) {
        let _ = self.inner.try_with_value(|inner| {
            if let Some(viewport) = &*inner.viewport.borrow() {
                viewport.observe(card);
            }
        });
    }

    /// What the view shows of a provider has come near to be seen, or has gone.
    pub(crate) fn set_near(self, entry: &ProviderEntry, is_near: bool) {
        self.session.set_near(entry, self.number(), is_near);
    }
}
