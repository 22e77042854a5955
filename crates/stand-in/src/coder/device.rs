//! The deployment's side of the device flow (RFC 8628).

use std::sync::Arc;

use axum::{
    body::Bytes,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};

use super::{
    Coder, ConfiguredProvider, StoredLink,
    extract::{Caller, DeviceFlowProvider},
    provider_answer::ProviderAnswer,
    refresh,
};
use crate::{
    answer,
    form::Form,
    wire::{DeviceAuthorization, DeviceExchange},
};

const GRANT_TYPE: &str = "urn:ietf:params:oauth:grant-type:device_code";
/// The most bytes of a provider's answer that an error text quotes.
const QUOTE_LIMIT: usize = 2048;

/// `GET /api/v2/external-auth/{id}/device`: asks the provider for a code.
pub(super) async fn authorize(
    State(coder): State<Arc<Coder>>,
    _: Caller,
    DeviceFlowProvider(provider): DeviceFlowProvider,
) -> Result<Response, Response> {
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

/// `POST /api/v2/external-auth/{id}/device`: polls the provider for a token.
pub(super) async fn exchange(
    State(coder): State<Arc<Coder>>,
    caller: Caller,
    DeviceFlowProvider(provider): DeviceFlowProvider,
    body: Bytes,
) -> Result<Response, Response> {
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
    let tokens = poll(&coder, &provider, &device_code)
        .await
        .map_err(|detail| {
            answer::message(
                StatusCode::BAD_REQUEST,
                "The device code could not be exchanged for a token.",
                &detail,
            )
        })?;
    coder
        .deployment()
        .save_new_tokens(&caller.user, &provider.wire.id, tokens);
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// The tokens.
///
/// # Errors
///
/// The text for `detail`: for a provider that answers errors with `200`, as
/// GitHub does, its error code; for one that uses another status (RFC 6749
/// §5.2), a text with the request and the whole answer.
async fn poll(
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
    refresh::tokens_of(&received, coder.clock().now())
}

/// The code in a provider's answer.
///
/// As in Coder, only JSON with an `error_description` is an error, whatever its
/// status. Other JSON is a code, all of whose fields may be missing.
///
/// # Errors
///
/// The text for `detail`.
fn code_of(received: &ProviderAnswer) -> Result<DeviceAuthorization, String> {
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

fn rate_limit(received: &ProviderAnswer) -> String {
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
