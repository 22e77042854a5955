use web_sys::Element;

use super::View;
use super::card_id::provider_of_card;
use crate::platform::NearViewport;
use crate::session::ProviderRow;

impl View {
    /// From now on providers are asked automatically only while their cards are
    /// near to be seen, in this view or another one that watches.
    pub fn watch_viewport(self) {
        let viewport = NearViewport::new(move |id, is_near| {
            if let Some(row) = self.session.row(provider_of_card(&id)) {
                self.set_near(&row, is_near);
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
    pub(crate) fn set_near(self, row: &ProviderRow, is_near: bool) {
        self.session.set_near(row, self.number(), is_near);
    }
}
