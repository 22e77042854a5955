use serde::{Deserialize, Serialize};

use super::lenient;

/// The answer of `DELETE /external-auth/{id}`. The link is gone in every case.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct UnlinkResponse {
    /// Whether the provider accepted the revocation (RFC 7009).
    ///
    /// The one field that must be there: without it the body is something
    /// else, such as the `"OK"` of older servers.
    pub token_revoked: bool,
    /// Why it did not; of any length, and may hold addresses with the client id.
    #[serde(
        default,
        skip_serializing_if = "String::is_empty",
        deserialize_with = "lenient::string"
    )]
    pub token_revocation_error: String,
}
