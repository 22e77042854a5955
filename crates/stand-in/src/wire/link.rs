use serde::Serialize;

use super::{Expiry, Time};

/// A link of the list.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Link {
    pub(crate) provider_id: String,
    pub(crate) created_at: Time,
    pub(crate) updated_at: Time,
    pub(crate) has_refresh_token: bool,
    pub(crate) expires: Expiry,
    pub(crate) authenticated: bool,
    /// Empty when there is no error.
    pub(crate) validate_error: String,
}
