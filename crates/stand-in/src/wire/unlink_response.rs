use serde::Serialize;

/// The answer of `DELETE /external-auth/{id}`.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct UnlinkResponse {
    pub(crate) token_revoked: bool,
    /// Left out when there is no error.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) token_revocation_error: String,
}
