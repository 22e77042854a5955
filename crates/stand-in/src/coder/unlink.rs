use std::sync::Arc;

use axum::{extract::State, http::StatusCode, response::Response};

use super::{
    Coder, ConfiguredProvider, RevocationStyle, StoredLink, by_id::unknown_provider,
    extract::Caller,
};
use crate::{answer, form::Form, wire::UnlinkResponse};

/// The time limit for the answer to a revocation.
const REVOCATION_TIMEOUT_MS: i64 = 10_000;

/// `DELETE /api/v2/external-auth/{id}`: removes the link, even when the provider
/// does not revoke the token. An orphan is not found: it cannot be removed.
pub(super) async fn unlink(
    State(coder): State<Arc<Coder>>,
    caller: Caller,
    provider: ConfiguredProvider,
) -> Response {
    let id = &provider.wire.id;
    let removed = coder.deployment().remove_link(&caller.user, id);
    let Some(link) = removed else {
        return unknown_provider();
    };
    let outcome = if provider.wire.supports_revocation {
        revoke(&coder, &provider, &link).await
    } else {
        Ok(false)
    };
    let body = UnlinkResponse {
        token_revoked: outcome.as_ref().is_ok_and(|revoked| *revoked),
        token_revocation_error: outcome.err().unwrap_or_default(),
    };
    answer::json(StatusCode::OK, &body)
}

/// Whether the token was revoked, by the status of the provider's answer.
///
/// # Errors
///
/// The text for `token_revocation_error`.
async fn revoke(
    coder: &Coder,
    provider: &ConfiguredProvider,
    link: &StoredLink,
) -> Result<bool, String> {
    let (method, path, success) = match provider.revocation {
        RevocationStyle::Rfc7009 => (
            "Post",
            format!("revoke?client_id={}", provider.client_id),
            StatusCode::OK,
        ),
        RevocationStyle::Github => (
            "Delete",
            format!("applications/{}/grant", provider.client_id),
            StatusCode::NO_CONTENT,
        ),
    };
    let asked = async {
        match provider.revocation {
            RevocationStyle::Rfc7009 => {
                // Revoking the refresh token ends both tokens (RFC 7009 §2.1).
                let token = link.refresh_token.as_ref().unwrap_or(&link.access_token);
                let form = Form::default().with("token", token.as_str());
                coder.provider.post_form(provider, &path, form).await
            }
            RevocationStyle::Github => {
                coder
                    .provider
                    .delete_grant(provider, &link.access_token)
                    .await
            }
        }
    };
    let url = coder.provider.url(provider, &path);
    match coder.clock().within(REVOCATION_TIMEOUT_MS, asked).await {
        None => Err(format!("{method} {url:?}: context deadline exceeded")),
        Some(Err(reason)) => Err(format!("{method} {url:?}: {reason}")),
        Some(Ok(_)) if provider.silent_revocation => Ok(false),
        Some(Ok(received)) if received.status == success => Ok(true),
        Some(Ok(received)) => Err(format!(
            "failed to revoke token: {} {}",
            received.status.as_u16(),
            received.body
        )),
    }
}
