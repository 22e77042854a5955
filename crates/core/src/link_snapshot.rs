use crate::{ProviderRecord, ProviderState, Timestamp};

/// What is known of one link at one instant. It is compared with a later
/// snapshot to find out whether the account was linked in between.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkSnapshot {
    /// Whether there is a link, and whether it works.
    pub health: LinkHealth,
    /// When the server last wrote the link: when it was linked, when its token
    /// was refreshed, or when a refresh failed permanently.
    pub updated_at: Option<Timestamp>,
    /// The linked login, if it is known.
    pub login: Option<String>,
}

/// Whether there is a link, and whether it works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkHealth {
    /// There is no link.
    Absent,
    /// The provider refuses the link.
    Broken,
    /// There is a link, but it is not known at the moment whether it works.
    Unclear,
    /// The link works, or it cannot be checked and nobody has refused it.
    Works,
}

impl LinkSnapshot {
    /// What is known now. It follows the state that the row shows, so that the
    /// row and the messages about a flow never contradict each other.
    #[must_use]
    pub fn of(record: &ProviderRecord, now: Timestamp) -> Self {
        let link = record.listed.value.as_ref();
        let user = (record.live.as_ref()).and_then(|live| live.value.user.as_ref());
        let health = match ProviderState::of(record, now) {
            ProviderState::NotLinked => LinkHealth::Absent,
            ProviderState::NeedsAttention(_) => LinkHealth::Broken,
            ProviderState::AppNotInstalled | ProviderState::NotVerified | ProviderState::Linked => {
                LinkHealth::Works
            }
            _ => LinkHealth::Unclear,
        };
        Self {
            health,
            updated_at: link.and_then(|link| link.updated_at),
            login: (user.map(|user| user.login.clone())).filter(|login| !login.is_empty()),
        }
    }
}
