use std::time::Duration;

use external_auth_core::wire::{Read, decode};
use external_auth_core::{ApiError, ApiErrorKind};
use gloo_net::http::Method;

use super::deployment::Deployment;
use super::early_requests::EarlyRequest;
use super::request::{Answer, Call, OnDrop, send};

/// For how long an answer about one thing may take.
pub(super) const SOON: Duration = Duration::from_secs(30);

/// Sends a `GET` that is answered soon, and reads its JSON. Dropping the future
/// aborts the request.
///
/// # Errors
///
/// When no complete answer arrives in time, or it cannot be read.
pub(super) fn get_soon<T: Read>(
    deployment: &Deployment,
    path: &str,
) -> impl Future<Output = Result<T, ApiError>> {
    get(deployment, path, Some(SOON), OnDrop::Abort, None)
}

/// Sends a `GET`, unless it was sent early, and reads its JSON.
///
/// # Errors
///
/// When no complete answer arrives in time, or it cannot be read.
pub(super) async fn get<T: Read>(
    deployment: &Deployment,
    path: &str,
    timeout: Option<Duration>,
    on_drop: OnDrop,
    early: Option<EarlyRequest>,
) -> Result<T, ApiError> {
    let answer = send(Call {
        method: Method::GET,
        deployment,
        path,
        csrf_token: None,
        json: None,
        timeout,
        on_drop,
        early,
    })
    .await?;
    read_json(deployment, &format!("GET {path}"), &answer)
}

/// Reads the JSON of a success. Errors name the request as `name`.
///
/// # Errors
///
/// When the body is not the expected one.
pub(super) fn read_json<T: Read>(
    deployment: &Deployment,
    name: &str,
    answer: &Answer,
) -> Result<T, ApiError> {
    let read = decode(&answer.body)
        .map_err(|error| unexpected(deployment, name, answer, &error.to_string()))?;
    deployment.record_answer();
    Ok(read)
}

/// The error for a success with an unexpected body. If the deployment has
/// answered before, a web page is taken for the sign-in page of a proxy in
/// front of it.
pub(super) fn unexpected(
    deployment: &Deployment,
    name: &str,
    answer: &Answer,
    detail: &str,
) -> ApiError {
    let content_type = &answer.content_type;
    let error = ApiError::unreadable(name, answer.status, content_type, detail);
    if !ApiError::is_web_page(content_type) {
        return error;
    }
    deployment.record_web_page(answer.had_answered);
    if !answer.had_answered {
        return error;
    }
    ApiError {
        kind: ApiErrorKind::SignedOutAtProxy,
        ..error
    }
}
