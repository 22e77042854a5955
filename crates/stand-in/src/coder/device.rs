//! The device flow (RFC 8628), as the deployment's side of it.

use std::sync::Arc;

use axum::{
    Extension,
    body::Bytes,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};

use super::{
    Coder,
    by_id::unknown_provider,
    deployment::{ConfiguredProvider, StoredLink},
    guard::Caller,
    provider_client::Received,
    refresh,
};
use crate::{
    answer,
    form::Form,
    wire::{DeviceAuthorization, DeviceExchange},
};

const GRANT_TYPE: &str = "urn:ietf:params:oauth:grant-type:device_code";
/// How much of a provider's answer an error text quotes.
const QUOTE_LIMIT: usize = 2048;

/// `GET /api/v2/external-auth/{id}/device`: asks the provider for a code.
pub(super) async fn begin(
    State(coder): State<Arc<Coder>>,
    Path(id): Path<String>,
) -> Result<Response, Response> {
    let provider = provider_with_device_flow(&coder, &id)?;
    let query = Form::default().with("client_id", provider.client_id.as_str());
    let failed = |detail: &str| {
        answer::message(
            StatusCode::INTERNAL_SERVER_ERROR,
            "The provider gave no device code.",
            detail,
        )
    };
    let received = coder
        .provider
        .post_query(&provider, "device/code", &query)
        .await
        .map_err(|reason| failed(&reason))?;
    let code = code_of(&received).map_err(|detail| failed(&detail))?;
    Ok(answer::json(StatusCode::OK, &code))
}

/// `POST /api/v2/external-auth/{id}/device`: asks the provider whether the
/// person has finished.
pub(super) async fn exchange(
    State(coder): State<Arc<Coder>>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<Response, Response> {
    let provider = provider_with_device_flow(&coder, &id)?;
    let device_code = serde_json::from_slice::<DeviceExchange>(&body)
        .map(|exchange| exchange.device_code)
        .ok()
        .filter(|code| !code.is_empty())
        .ok_or_else(|| {
            answer::message(
                StatusCode::BAD_REQUEST,
                "The request's body cannot be read.",
                "It must be a JSON object with a device_code.",
            )
        })?;
    let tokens = ask(&coder, &provider, &device_code)
        .await
        .map_err(|detail| {
            answer::message(
                StatusCode::BAD_REQUEST,
                "The device code could not be exchanged for a token.",
                &detail,
            )
        })?;
    coder
        .shared
        .deployment()
        .link_anew(&caller.user, &id, tokens);
    Ok(StatusCode::NO_CONTENT.into_response())
}

fn provider_with_device_flow(coder: &Coder, id: &str) -> Result<ConfiguredProvider, Response> {
    let provider = coder.shared.deployment().provider(id).cloned();
    let provider = provider.ok_or_else(unknown_provider)?;
    if provider.wire.device {
        Ok(provider)
    } else {
        Err(answer::message(
            StatusCode::BAD_REQUEST,
            "device flow not supported",
            "",
        ))
    }
}

/// The tokens; else what `detail` says.
///
/// A provider that answers `200` with an error is quoted with this error
/// alone, as GitHub is. The answer of one with another status, as the
/// standards have it, ends up in a text together with the whole request.
async fn ask(
    coder: &Coder,
    provider: &ConfiguredProvider,
    device_code: &str,
) -> Result<StoredLink, String> {
    let query = Form::default()
        .with("client_id", provider.client_id.as_str())
        .with("device_code", device_code)
        .with("grant_type", GRANT_TYPE);
    let received = coder.provider.post_query(provider, "token", &query).await?;
    if received.status != StatusCode::OK {
        let url = coder.provider.url(provider, "token");
        return Err(format!(
            "POST {url}?{}: unexpected status code {}: {}",
            query.encode(),
            received.status.as_u16(),
            beginning(&received.body)
        ));
    }
    if let Some(error) = received.json()["error"].as_str() {
        return Err(error.to_owned());
    }
    refresh::tokens_of(&received, coder.shared.clock.now())
}

/// The code in a provider's answer, or what `detail` says.
///
/// As in a Coder, only JSON that describes an error is one, whatever its status:
/// other JSON passes for a code, all of whose fields may be missing.
fn code_of(received: &Received) -> Result<DeviceAuthorization, String> {
    let description = &received.json()["error_description"];
    match description.as_str() {
        Some(description) if !description.is_empty() => return Err(description.to_owned()),
        _ => {}
    }
    serde_json::from_str(&received.body).map_err(|_| {
        if received.status == StatusCode::TOO_MANY_REQUESTS {
            rate_limit(received)
        } else {
            format!(
                "status {}: body: {}",
                received.status.as_u16(),
                beginning(&received.body)
            )
        }
    })
}

fn rate_limit(received: &Received) -> String {
    let retry_after = received.headers.get("retry-after");
    match retry_after.and_then(|value| value.to_str().ok()) {
        Some(seconds) => format!(
            "The provider's rate limit is reached. It may be asked again in {seconds} seconds."
        ),
        None => "The provider's rate limit is reached.".to_owned(),
    }
}

fn beginning(text: &str) -> &str {
    &text[..text.floor_char_boundary(QUOTE_LIMIT)]
}
