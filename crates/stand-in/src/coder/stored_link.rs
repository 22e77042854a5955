use external_auth_core::Timestamp;

use crate::wire::{Expiry, Link, Time};

/// A link with its tokens.
#[derive(Debug, Clone)]
pub(crate) struct StoredLink {
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
    pub(crate) access_token: String,
    pub(crate) refresh_token: Option<String>,
    pub(crate) expires: Expiry,
    /// When and why a refresh failed permanently.
    pub(crate) refresh_failure: Option<(Timestamp, String)>,
}

impl StoredLink {
    /// The link's entry in the list, before it is validated.
    pub(crate) fn to_wire(&self, provider_id: &str) -> Link {
        Link {
            provider_id: provider_id.to_owned(),
            created_at: Time(self.created_at),
            updated_at: Time(self.updated_at),
            has_refresh_token: self.refresh_token.is_some(),
            expires: self.expires,
            authenticated: false,
            validate_error: String::new(),
        }
    }
}
