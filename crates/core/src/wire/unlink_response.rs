use serde::Serialize;

use super::{DecodeError, Fields, Json, Read};

/// The answer of `DELETE /external-auth/{id}`. The link is gone in every case.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct UnlinkResponse {
    /// Whether the provider accepted the revocation (RFC 7009).
    ///
    /// The one field that must be there: without it the body is something
    /// else, such as the `"OK"` of older servers.
    pub token_revoked: bool,
    /// Why it did not; of any length, and may hold addresses with the client id.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub token_revocation_error: String,
}

impl Read for UnlinkResponse {
    fn read(json: Json) -> Result<Self, DecodeError> {
        let mut fields = Fields::of(json)?;
        Ok(Self {
            token_revoked: fields.required_boolean("token_revoked")?,
            token_revocation_error: fields.string("token_revocation_error"),
        })
    }
}
