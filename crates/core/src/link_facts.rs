use crate::wire::Expiry;
use crate::{PermanentFailure, ProviderRecord, ProviderState, Timestamp};

/// The facts of a link, as instants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinkFacts {
    /// How the access ends; none where that is not known, or does not matter.
    pub end: Option<AccessEnd>,
    /// When the account was linked.
    pub linked_since: Option<Timestamp>,
    /// When the provider was last asked.
    pub checked_at: Option<Timestamp>,
}

/// How the access of a link ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccessEnd {
    /// The token does not expire.
    Never,
    /// The token ends at this instant, and the deployment renews it.
    Renews(Timestamp),
    /// The token ended at this instant.
    Ended(Timestamp),
    /// The token ends at this instant. There is a refresh token (RFC 6749
    /// §1.5), which the deployment does not use.
    EndsUnrenewed(Timestamp),
    /// The token ends at this instant, and there is no refresh token.
    Ends(Timestamp),
}

impl LinkFacts {
    /// The facts of the link that the list holds. None where it holds none.
    pub(crate) fn of(
        record: &ProviderRecord,
        state: ProviderState,
        now: Timestamp,
    ) -> Option<Self> {
        let link = record.listed.value.as_ref()?;
        let end = match link.expires {
            Expiry::Unknown => None,
            Expiry::Never => Some(AccessEnd::Never),
            Expiry::At(end) if record.renews() => Some(AccessEnd::Renews(end)),
            Expiry::At(end) if end <= now => Some(AccessEnd::Ended(end)),
            Expiry::At(end) if link.has_refresh_token => Some(AccessEnd::EndsUnrenewed(end)),
            Expiry::At(end) => Some(AccessEnd::Ends(end)),
        };
        Some(Self {
            end: end.filter(|_| end_matters(state, link.expires.is_past(now))),
            linked_since: link.created_at,
            checked_at: record.checked_at,
        })
    }
}

/// The access ends soon when it ends within this time.
const SOON_MS: i64 = 7 * 24 * 3_600_000;

impl LinkFacts {
    /// Whether the access ends in a few days and is not renewed.
    #[must_use]
    pub fn ends_soon(&self, now: Timestamp) -> bool {
        match self.end {
            Some(AccessEnd::Ends(end) | AccessEnd::EndsUnrenewed(end)) => {
                end <= now.plus_ms(SOON_MS)
            }
            _ => false,
        }
    }
}

/// A link that does not work has another reason than the end of its token; the
/// end is told beside it only where it is the reason.
fn end_matters(state: ProviderState, is_past: bool) -> bool {
    match state {
        ProviderState::NeedsAttention(PermanentFailure::Expired) => is_past,
        ProviderState::NoLongerConfigured | ProviderState::NeedsAttention(_) => false,
        _ => true,
    }
}

impl AccessEnd {
    /// The instant at which the token ends or ended.
    #[must_use]
    pub fn at(self) -> Option<Timestamp> {
        match self {
            Self::Never => None,
            Self::Renews(end) | Self::Ended(end) | Self::EndsUnrenewed(end) | Self::Ends(end) => {
                Some(end)
            }
        }
    }
}
