use external_auth_core::Timestamp;
use serde::{Serialize, Serializer};

use super::Time;

/// When a token ends: `expires` of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Expiry {
    /// It does not: the zero time of Go.
    #[default]
    Never,
    /// At this instant.
    At(Timestamp),
    /// `null`, which no Coder writes; for a view of the gallery.
    Null,
}

/// Go's zero time, as it writes it in JSON.
const ZERO_TIME: &str = "0001-01-01T00:00:00Z";

impl Expiry {
    /// What a control route is told; none when it is neither.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        if text == ZERO_TIME {
            return Some(Self::Never);
        }
        Timestamp::parse(text).map(Self::At)
    }

    /// Whether the token had ended by `now`.
    pub(crate) fn is_past(self, now: Timestamp) -> bool {
        matches!(self, Self::At(instant) if instant <= now)
    }
}

impl Serialize for Expiry {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Never => serializer.serialize_str(ZERO_TIME),
            Self::At(instant) => Time(*instant).serialize(serializer),
            Self::Null => serializer.serialize_none(),
        }
    }
}
