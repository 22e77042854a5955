//! The provider half: an OAuth 2.0 authorization server with a user API, on an
//! origin of its own.
//!
//! The Coder half knows nothing of its state: it calls this router, in-process
//! where a Coder would use HTTP, so that status codes, faults and answers that
//! never come reach it as they would.

mod applications;
mod authorize;
mod behaviour;
mod client_auth;
mod device;
mod device_code;
mod directory;
mod installations;
mod pages;
mod pkce;
mod refresh;
mod revocation;
mod token;
mod user;

use std::sync::Arc;

use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::Response,
    routing::{delete, get, post},
};

pub(crate) use behaviour::{
    Behaviour, ConsentPage, DeviceCodeAnswer, DeviceErrors, ERROR_PAGE, OpenerPolicy, Refresh,
    Revoke, Validate,
};
pub(crate) use directory::{Client, Directory, Service, Token, TokenStatus};
pub(crate) use pkce::s256;

use crate::{answer, fault::Half, http_date::http_date, state::Shared};

/// All of the provider's origin.
pub(crate) fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/", get(pages::index))
        .route(
            "/settings/applications",
            get(applications::show).post(applications::revoke),
        )
        .route(
            "/{service}/authorize",
            get(authorize::ask).post(authorize::decide),
        )
        .route("/{service}/token", post(token::exchange))
        .route("/{service}/device/code", post(device::issue))
        .route("/{service}/device", get(device::ask).post(device::decide))
        .route("/{service}/revoke", post(revocation::rfc_7009))
        .route(
            "/{service}/applications/{client}/grant",
            delete(revocation::github_grant),
        )
        .route("/{service}/user", get(user::current))
        .route("/{service}/user/installations", get(installations::list))
        .route(
            "/{service}/apps/install",
            get(installations::ask).post(installations::install),
        )
        .route(
            "/{service}/installations/{number}",
            get(installations::configure),
        )
        .route("/{service}/people/{login}", get(pages::profile))
        .fallback(pages::not_found)
        .layer(middleware::from_fn_with_state(Arc::clone(&shared), front))
        .with_state(shared)
}

/// Applies faults, and dates every answer by the one clock.
async fn front(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let mut response = shared
        .faults
        .around(Half::Provider, &method, &path, next.run(request))
        .await;
    if let Ok(date) = HeaderValue::try_from(http_date(shared.clock.now())) {
        response.headers_mut().entry(header::DATE).or_insert(date);
    }
    response
}

/// An error of the token and revocation endpoints (RFC 6749 §5.2).
fn oauth_error(status: StatusCode, error: &str, description: &str) -> Response {
    let body = serde_json::json!({ "error": error, "error_description": description });
    answer::json(status, &body)
}

/// What a provider answers whose application is down.
fn unavailable() -> Response {
    answer::html(
        StatusCode::SERVICE_UNAVAILABLE,
        ERROR_PAGE.replace("502 Bad Gateway", "503 Service Unavailable"),
    )
}
