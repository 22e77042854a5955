use external_auth_core::Timestamp;

use crate::{coder::FIRST_USER, provider::TokenStatus, wire::Expiry};

/// A link as a scenario describes it.
pub(crate) struct LinkSpec {
    /// The account at the provider.
    pub(crate) login: String,
    pub(crate) created_at: Option<Timestamp>,
    pub(crate) updated_at: Option<Timestamp>,
    pub(crate) expires: Expiry,
    pub(crate) has_refresh_token: bool,
    pub(crate) refresh_failure: Option<(Timestamp, String)>,
    /// The status of the token at the provider.
    pub(crate) status: TokenStatus,
}

impl Default for LinkSpec {
    fn default() -> Self {
        Self {
            login: FIRST_USER.to_owned(),
            created_at: None,
            updated_at: None,
            expires: Expiry::Never,
            has_refresh_token: false,
            refresh_failure: None,
            status: TokenStatus::Active,
        }
    }
}
