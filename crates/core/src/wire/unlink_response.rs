use serde::Serialize;

use super::{DecodeError, Fields, Json, Read};

/// The answer of `DELETE /external-auth/{id}`. It always means that the link is
/// removed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct UnlinkResponse {
    /// Whether the provider accepted the revocation (RFC 7009).
    ///
    /// The only required field: a body without it is another answer, such as
    /// the `"OK"` of older servers.
    pub token_revoked: bool,
    /// Why it did not; of any length, and may contain addresses with the client
    /// id.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub token_revocation_error: String,
}

impl Read for UnlinkResponse {
    fn read(json: Json) -> Result<Self, DecodeError> {
        let mut fields = Fields::of(json)?;
        Ok(Self {
            token_revoked: fields.required_boolean("token_revoked")?,
            token_revocation_error: fields.text("token_revocation_error"),
        })
    }
}
