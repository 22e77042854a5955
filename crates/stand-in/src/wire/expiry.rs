use external_auth_core::Timestamp;
use serde::{Serialize, Serializer};

use super::Time;

/// The expiry of a token: `expires` of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Expiry {
    /// Never, written as the zero time of Go.
    #[default]
    Never,
    /// At this instant.
    At(Timestamp),
    /// `null`, which Coder does not write; for a view of the gallery.
    Null,
}

/// Go's zero time in JSON.
const ZERO_TIME: &str = "0001-01-01T00:00:00Z";

impl Expiry {
    /// Parses the value of a control route; none when it is not a time.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        if text == ZERO_TIME {
            return Some(Self::Never);
        }
        Timestamp::parse(text).map(Self::At)
    }

    /// Whether the token has expired at `now`.
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
