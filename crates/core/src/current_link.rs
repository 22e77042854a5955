use crate::wire::{Expiry, ExternalAuth, Link};
use crate::{ApiError, ProviderRecord, Timestamp};

/// The newest observations of a link. What a later observation overrules is
/// left out.
///
/// This is the only place that compares sequence numbers to tell which
/// observation counts: the state, its reason and every other question about the
/// link start from here.
pub(crate) struct CurrentLink<'a> {
    /// What the list says; none where it holds no link.
    pub(crate) listed: Option<&'a Link>,
    /// What a live check says that is later than the list.
    pub(crate) live: Option<&'a ExternalAuth>,
    /// A transient failure of a live check that is later than every answer.
    pub(crate) failure: Option<&'a ApiError>,
    /// When the newest answer came.
    answered_at: Option<Timestamp>,
}

impl<'a> CurrentLink<'a> {
    pub(crate) fn of(record: &'a ProviderRecord) -> Self {
        let listed = &record.listed;
        let live = (record.live.as_ref()).filter(|live| live.sequence > listed.sequence);
        let newest = live.map_or(listed.sequence, |live| live.sequence);
        let failure = (record.failure.as_ref())
            .filter(|failure| failure.sequence > newest && failure.value.is_transient());
        Self {
            listed: listed.value.as_ref(),
            live: live.map(|live| &live.value),
            failure: failure.map(|failure| &failure.value),
            answered_at: live.map_or(listed.at, |live| live.at),
        }
    }

    /// Whether there is a link. The list may be older than the link.
    pub(crate) fn exists(&self) -> bool {
        self.listed.is_some() || self.live.is_some_and(|live| live.authenticated)
    }

    /// Whether the link works by the newest answer; none if there is no link.
    pub(crate) fn works(&self) -> Option<bool> {
        let listed = || self.listed.is_some_and(|link| link.authenticated);
        let works = || self.live.map_or_else(listed, |live| live.authenticated);
        self.exists().then(works)
    }

    /// Whether a live check was refused.
    pub(crate) fn is_refused_live(&self) -> bool {
        self.live.is_some_and(|live| !live.authenticated)
    }

    /// Whether the token has ended since the newest answer. Before that answer
    /// it was seen to work; after it nobody has to be asked.
    pub(crate) fn has_ended_since(&self, now: Timestamp) -> bool {
        let Some(Expiry::At(end)) = self.listed.map(|link| link.expires) else {
            return false;
        };
        end <= now && self.answered_at.is_some_and(|at| at < end)
    }
}
