//! The Coder half: the external authentication API, the redirect flow, a
//! session, and the deployment's pages.

mod account;
mod by_id;
mod callback;
mod csrf;
mod deployment;
mod device;
mod guard;
mod icons;
mod list;
mod pages;
mod policy;
mod provider_client;
mod rate_limit;
mod refresh;
mod session;
mod sessions;
mod shared_refresh;
mod static_files;
mod token_response;
mod unlink;
mod validate;

use std::sync::Arc;

use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, header},
    middleware::{self, Next},
    response::Response,
    routing::{get, post},
};

pub(crate) use deployment::{ConfiguredProvider, Deployment, RevocationStyle, StoredLink, User};
pub(crate) use icons::{DEFAULT_ICON, icon};
pub(crate) use pages::not_found_page;
pub(crate) use policy::{
    put_on_page as put_page_policy, put_without_wasm as put_policy_without_wasm,
};
pub(crate) use session::{FIRST_USER, visit};
pub(crate) use static_files::page_with_head;

use crate::{
    control, cookies, dashboard, fault::Half, gallery, http_date::http_date, request_log::Entry,
    state::Shared,
};
use provider_client::ProviderClient;

/// What the handlers of this half have.
#[derive(Debug)]
pub(crate) struct Coder {
    shared: Arc<Shared>,
    provider: ProviderClient,
}

/// All of the deployment's origin. `provider` is the other half's router.
pub(crate) fn router(shared: Arc<Shared>, provider: Router) -> Router {
    let provider = ProviderClient::new(provider, shared.origins.provider.clone());
    let coder = Arc::new(Coder {
        shared: Arc::clone(&shared),
        provider,
    });
    let guarded = Router::new()
        .route("/api/v2/external-auth", get(list::list))
        .route(
            "/api/v2/external-auth/{id}",
            get(by_id::by_id).delete(unlink::unlink),
        )
        .route(
            "/api/v2/external-auth/{id}/device",
            get(device::begin).post(device::exchange),
        )
        .route("/api/v2/users/me", get(account::me))
        .route("/api/v2/users/logout", post(account::sign_out))
        .route_layer(middleware::from_fn_with_state(
            Arc::clone(&shared),
            guard::guard,
        ));
    Router::new()
        .merge(guarded)
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
        .with_state(coder)
        .merge(control::router(Arc::clone(&shared)))
        .merge(gallery::router(Arc::clone(&shared)))
        .merge(dashboard::router(Arc::clone(&shared)))
        .fallback(pages::not_found)
        .method_not_allowed_fallback(pages::wrong_method)
        .layer(middleware::from_fn_with_state(shared, front))
}

/// Logs, applies faults, and dates every answer by the one clock.
async fn front(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let (method, uri) = (request.method().clone(), request.uri().clone());
    let path = uri.path();
    let is_logged = path == "/"
        || ["/api/v2", "/external-auth", "/gitauth/"]
            .iter()
            .any(|start| path.starts_with(start));
    let ticket = is_logged.then(|| {
        let query = uri.query().unwrap_or_default();
        let mut entry = Entry::new(method.as_str(), path, query, shared.clock.now());
        entry.session = session_kind(request.headers());
        entry.user = session::user_of(&shared, request.headers());
        entry.csrf = request.headers().contains_key(csrf::HEADER);
        shared.log.begin(entry)
    });
    let real = next.run(request);
    let mut response = if path.starts_with("/_stand-in/") {
        // Out of the faults' reach: by these routes they are cleared.
        real.await
    } else {
        let faults = &shared.faults;
        faults.around(Half::Deployment, &method, path, real).await
    };
    policy::put_on_html(&mut response);
    let now = shared.clock.now();
    if let Ok(date) = HeaderValue::try_from(http_date(now)) {
        response.headers_mut().entry(header::DATE).or_insert(date);
    }
    if let Some(ticket) = ticket {
        ticket.answered(response.status().as_u16(), now);
    }
    response
}

/// How a request says whose it is.
fn session_kind(headers: &HeaderMap) -> &'static str {
    match (
        cookies::get(headers, session::COOKIE).is_some(),
        headers.contains_key(session::HEADER),
    ) {
        (true, true) => "both",
        (true, false) => "cookie",
        (false, true) => "header",
        (false, false) => "none",
    }
}
