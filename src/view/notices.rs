use std::sync::Arc;

use leptos::prelude::*;

use super::View;
use crate::session::ProviderRow;
use crate::text::{Notice, Tone};

/// A notice, and the card that it is on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardNotice {
    /// The id of the card's provider.
    provider: Arc<str>,
    /// Tells the notice from the others of the view.
    pub number: u64,
    /// The notice.
    pub notice: Notice,
}

impl View {
    /// The notices of a card, the oldest first.
    #[must_use]
    pub fn notices_of(self, provider: &str) -> Vec<CardNotice> {
        let notices = self.notices.read();
        let of_card = notices.iter().filter(|other| *other.provider == *provider);
        of_card.cloned().collect()
    }

    /// The providers with a notice, or with the state of a link that is being made
    /// in a window. A reader runs again when there are more or fewer.
    pub(super) fn noticed_by_commands(self) -> Vec<Arc<str>> {
        let shown = self.linking().shown.read();
        let notices = self.notices.read();
        let of_notices = notices.iter().map(|notice| &notice.provider);
        let of_windows = (shown.window.iter()).map(|window| &window.provider);
        of_notices
            .chain(of_windows)
            .chain(&shown.wanted)
            .cloned()
            .collect()
    }

    /// Puts a notice on a card, below those that are there, and announces it.
    pub(crate) fn push_notice(self, row: &ProviderRow, notice: Notice) {
        self.announce(notice.text.clone());
        self.push_silent_notice(row, notice);
    }

    /// Puts a notice on a card, below those that are there.
    pub(crate) fn push_silent_notice(self, row: &ProviderRow, notice: Notice) {
        let number = self.next_notice();
        // The view may be gone by the time that there is something to say.
        self.notices.try_update(|notices| {
            // The same notice takes the place of an older one.
            notices.retain(|other| other.provider != row.id || other.notice != notice);
            notices.push(CardNotice {
                provider: Arc::clone(&row.id),
                number,
                notice,
            });
        });
    }

    /// Removes a notice.
    pub(crate) fn dismiss_notice(self, number: u64) {
        // The view may be gone by the time that a success has had its time.
        self.notices
            .try_update(|notices| notices.retain(|other| other.number != number));
    }

    /// The next command begins: removes the notices of a card, except those that
    /// leave something to do.
    pub(crate) fn clear_notices(self, row: &ProviderRow) {
        let goes =
            |other: &CardNotice| other.provider == row.id && other.notice.tone != Tone::Warning;
        if self.notices.read_untracked().iter().any(goes) {
            self.notices
                .update(|notices| notices.retain(|other| !goes(other)));
        }
    }
}
