use std::sync::Arc;

use axum::{
    Router, middleware,
    routing::{delete, get, post},
};

use super::{
    Providers, applications, authorize, device, installations, outer_layer::outer_layer, pages,
    revocation, token_endpoint, user,
};

/// All routes of the providers' origin.
pub(crate) fn router(providers: Arc<Providers>) -> Router {
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
        .route("/{service}/token", post(token_endpoint::exchange))
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
        .layer(middleware::from_fn_with_state(
            Arc::clone(&providers),
            outer_layer,
        ))
        .with_state(providers)
}
