use std::sync::Arc;

use axum::{extract::State, http::StatusCode, response::Response};

use super::{
    Coder, ConfiguredProvider,
    extract::Caller,
    validate::{Validation, account_of, validate},
};
use crate::{
    answer,
    wire::{ExternalAuth, Installation},
};

/// `GET /api/v2/external-auth/{id}`: one provider, checked live. Does not
/// refresh the token.
pub(super) async fn by_id(
    State(coder): State<Arc<Coder>>,
    caller: Caller,
    provider: ConfiguredProvider,
) -> Response {
    let id = &provider.wire.id;
    let link = coder.deployment().link(&caller.user, id).cloned();
    let mut found = ExternalAuth {
        device: provider.wire.device,
        display_name: provider.wire.display_name.clone(),
        app_install_url: provider.app_install_url.clone(),
        // `supports_revocation` is false here, as on current servers.
        ..ExternalAuth::default()
    };
    let Some(link) = link.filter(|link| !link.expires.is_past(coder.clock().now())) else {
        return answer::json(StatusCode::OK, &found);
    };
    let token = &link.access_token;
    let (validation, installations) = tokio::join!(
        validate(&coder, &provider, token),
        installations(&coder, &provider, token)
    );
    let failed = match (validation, installations) {
        (Validation::Failed(reason), _) | (_, Err(reason)) => reason,
        (validation, Ok(installations)) => {
            if let Validation::Valid(account) = validation {
                found.authenticated = true;
                found.user = account;
            }
            found.app_installable = installations.is_some();
            found.installations = installations.unwrap_or_default();
            return answer::json(StatusCode::OK, &found);
        }
    };
    answer::message(
        StatusCode::INTERNAL_SERVER_ERROR,
        "Failed to validate token.",
        &failed,
    )
}

/// The `404` for a provider id that is not configured or not linked.
pub(super) fn unknown_provider() -> Response {
    answer::message(
        StatusCode::NOT_FOUND,
        "There is nothing here under this name.",
        "No provider of this id is configured, or it is not linked.",
    )
}

/// The first page of the app's installations; none when the provider has no
/// address for them, or answers with an error.
async fn installations(
    coder: &Coder,
    provider: &ConfiguredProvider,
    access_token: &str,
) -> Result<Option<Vec<Installation>>, String> {
    if !provider.has_installations_url {
        return Ok(None);
    }
    let received = coder
        .provider
        .get(provider, "user/installations", access_token)
        .await?;
    if received.status != StatusCode::OK {
        return Ok(None);
    }
    // Answers of other providers are not understood.
    if !provider.wire.is_github() {
        return Ok(Some(Vec::new()));
    }
    let body = received.json();
    let list = body["installations"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let installations = list
        .iter()
        .map(|item| Installation {
            id: item["id"].as_u64().unwrap_or_default(),
            account: account_of(&item["account"]),
            configure_url: item["html_url"].as_str().unwrap_or_default().to_owned(),
        })
        .collect();
    Ok(Some(installations))
}
