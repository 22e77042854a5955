use std::sync::Arc;

use axum::{
    Extension,
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};

use super::{
    Coder,
    by_id::unknown_provider,
    deployment::{ConfiguredProvider, RevocationStyle, StoredLink},
    guard::Caller,
};
use crate::{answer, form::Form, wire::UnlinkResponse};

/// How long a provider has to answer a revocation.
const REVOCATION_TIMEOUT_MS: i64 = 10_000;

/// `DELETE /api/v2/external-auth/{id}`: removes the link, whatever becomes of
/// the revocation at the provider.
pub(super) async fn unlink(
    State(coder): State<Arc<Coder>>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
) -> Response {
    let (provider, link) = {
        let mut deployment = coder.shared.deployment();
        // An orphan is not found either: it can be seen, but not removed.
        let Some(provider) = deployment.provider(&id).cloned() else {
            return unknown_provider();
        };
        (provider, deployment.remove_link(&caller.user, &id))
    };
    let Some(link) = link else {
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

/// Whether the token was revoked, by the status of the provider's answer alone.
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
                // The refresh token, where there is one: it ends both (RFC 7009 §2.1).
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
    let clock = &coder.shared.clock;
    match clock.within(REVOCATION_TIMEOUT_MS, asked).await {
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
