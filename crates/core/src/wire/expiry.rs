use serde::{Serialize, Serializer};

use crate::Timestamp;

/// When a token ends, according to [`Link::expires`](super::Link::expires).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Expiry {
    /// The field is missing or cannot be read.
    #[default]
    Unknown,
    /// The zero time, `0001-01-01T00:00:00Z`: the token does not expire.
    Never,
    /// The token ends at this instant.
    At(Timestamp),
}

const ZERO_TIME: &str = "0001-01-01T00:00:00Z";

impl Expiry {
    /// Parses the field of the wire.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        match Timestamp::parse(text) {
            // The year 1 is Go's zero time, in whatever zone it is written.
            Some(instant) if instant.is_year_one() => Self::Never,
            Some(instant) => Self::At(instant),
            None => Self::Unknown,
        }
    }

    /// Whether the token had ended by `now`.
    #[must_use]
    pub fn is_past(self, now: Timestamp) -> bool {
        matches!(self, Self::At(instant) if instant <= now)
    }
}

impl Serialize for Expiry {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Unknown => serializer.serialize_none(),
            Self::Never => serializer.serialize_str(ZERO_TIME),
            Self::At(instant) => instant.serialize(serializer),
        }
    }
}
