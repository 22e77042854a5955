use std::sync::Arc;

use axum::{
    Router, middleware,
    routing::{get, post},
};

use super::{
    Coder, account, by_id, callback, device, icons, list, outer_layer::outer_layer, pages,
    static_files, unlink,
};

/// All routes of the deployment's origin. `others` are routes of the stand-in
/// on the same origin.
pub(crate) fn router(coder: Arc<Coder>, others: Router) -> Router {
    Router::new()
        .route("/api/v2/external-auth", get(list::list))
        .route(
            "/api/v2/external-auth/{id}",
            get(by_id::by_id).delete(unlink::unlink),
        )
        .route(
            "/api/v2/external-auth/{id}/device",
            get(device::authorize).post(device::exchange),
        )
        .route("/api/v2/users/me", get(account::me))
        .route("/api/v2/users/logout", post(account::sign_out))
        .route("/api/v2/buildinfo", get(account::build_info))
        .route("/", get(pages::index))
        .route("/login", get(pages::login).post(pages::sign_in))
        .route("/external-auth/{id}", get(static_files::index_for_provider))
        .route("/external-auth/{id}/callback", get(callback::callback))
        .route("/gitauth/{id}/callback", get(callback::callback))
        .route("/icon/{file}", get(icons::icon))
        .route("/emojis/{file}", get(icons::emoji))
        .route("/accounts", get(static_files::to_folder))
        .route("/accounts/", get(static_files::index))
        .route("/accounts/{*file}", get(static_files::file))
        .route("/embedded/{*file}", get(static_files::embedded))
        .route(
            "/embedded-without-wasm/{*file}",
            get(static_files::embedded_without_wasm),
        )
        .with_state(Arc::clone(&coder))
        .merge(others)
        .fallback(pages::not_found)
        .method_not_allowed_fallback(pages::wrong_method)
        .layer(middleware::from_fn_with_state(coder, outer_layer))
}
