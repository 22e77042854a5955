use serde::Serialize;

use super::{DecodeError, Expiry, Fields, Json, Read};
use crate::Timestamp;

/// The user's link to one provider.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Link {
    /// The provider's id. If no provider has it, the link is an orphan.
    pub provider_id: String,
    /// When the account was first linked.
    pub created_at: Option<Timestamp>,
    /// When the server last wrote the link: after linking, a refresh, or a
    /// refresh that failed permanently.
    pub updated_at: Option<Timestamp>,
    /// Whether the deployment holds a refresh token (RFC 6749 §1.5).
    pub has_refresh_token: bool,
    /// When the access token ends.
    pub expires: Expiry,
    /// Whether the token was valid when the list was made.
    pub authenticated: bool,
    /// Why it was not valid: of any length, may contain HTML, and may be empty.
    pub validate_error: String,
}

impl Read for Link {
    fn read(json: Json) -> Result<Self, DecodeError> {
        let mut fields = Fields::of(json)?;
        Ok(Self {
            provider_id: fields.identity("provider_id")?,
            created_at: fields.instant("created_at"),
            updated_at: fields.instant("updated_at"),
            has_refresh_token: fields.boolean("has_refresh_token"),
            expires: Expiry::parse(&fields.instant_text("expires")),
            authenticated: fields.boolean("authenticated"),
            validate_error: fields.text("validate_error"),
        })
    }
}
