use serde::{Deserialize, Serialize};

use super::{Expiry, lenient};
use crate::Timestamp;

/// The user's link to one provider.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Link {
    /// The provider's id. One that no provider has makes this an orphan.
    #[serde(deserialize_with = "lenient::identity")]
    pub provider_id: String,
    /// When the account was first linked.
    #[serde(default, deserialize_with = "Timestamp::lenient")]
    pub created_at: Option<Timestamp>,
    /// When the tokens were last replaced.
    #[serde(default, deserialize_with = "Timestamp::lenient")]
    pub updated_at: Option<Timestamp>,
    /// Whether the deployment holds a refresh token (RFC 6749 §1.5).
    #[serde(default, deserialize_with = "lenient::boolean")]
    pub has_refresh_token: bool,
    /// When the access token ends.
    #[serde(default)]
    pub expires: Expiry,
    /// Whether the token was valid when the list was made.
    #[serde(default, deserialize_with = "lenient::boolean")]
    pub authenticated: bool,
    /// Why it was not: of any length, HTML included; may be empty all the same.
    #[serde(default, deserialize_with = "lenient::string")]
    pub validate_error: String,
}
