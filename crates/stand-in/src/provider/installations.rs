//! Where the client's app is installed: the API, and the pages to install it.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use serde_json::{Value, json};

use super::{ERROR_PAGE, client_auth, pages, user};
use crate::{answer, html::escape, state::Shared, wire::Installation};

/// How many there are on a page, as GitHub has it; others are not asked for.
const PAGE: usize = 30;

/// `GET /{service}/user/installations`.
pub(super) async fn list(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    let now = shared.clock.now();
    let mut directory = shared.directory();
    let Some(service) = directory.service_mut(&id) else {
        return pages::no_such_service(&id);
    };
    service.count("installations");
    if let Some(refusal) = user::refusal(service) {
        return refusal;
    }
    if service.behaviour.installations_status != 200 {
        return answer::error(service.behaviour.installations_status, ERROR_PAGE);
    }
    if client_auth::bearer(&headers)
        .and_then(|access| service.valid_token(access, now))
        .is_none()
    {
        return answer::json(
            StatusCode::UNAUTHORIZED,
            &json!({ "message": "Bad credentials" }),
        );
    }
    // Those of other kinds have an address, but not one that Coder understands.
    if !service.is_github {
        return answer::json(StatusCode::OK, &json!({ "values": [] }));
    }
    let installations: Vec<Value> = service
        .installations
        .iter()
        .take(PAGE)
        .map(|installation| {
            json!({
                "id": installation.id,
                "html_url": installation.configure_url,
                "account": installation.account.as_ref().map(user::body_of),
            })
        })
        .collect();
    answer::json(
        StatusCode::OK,
        &json!({ "total_count": service.installations.len(), "installations": installations }),
    )
}

/// `GET /{service}/apps/install`: the page with the button.
pub(super) async fn ask(State(shared): State<Arc<Shared>>, Path(id): Path<String>) -> Response {
    let directory = shared.directory();
    let Some(service) = directory.service(&id) else {
        return pages::no_such_service(&id);
    };
    let body = format!(
        "<h1>Install the app on {name}</h1>\n\
         <p>Coder asks to be installed for <strong>@{login}</strong>.</p>\n\
         <form method=\"post\"><button>Install</button></form>",
        name = escape(&service.name),
        login = escape(&service.signed_in),
    );
    pages::show("Install the app", &body, service.behaviour.opener_policy)
}

/// `POST /{service}/apps/install`: installs it for whoever is signed in.
pub(super) async fn install(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    if let Some(refusal) = pages::refuse_other_sites(&headers) {
        return refusal;
    }
    let origin = &shared.origins.provider;
    let mut directory = shared.directory();
    let Some(service) = directory.service_mut(&id) else {
        return pages::no_such_service(&id);
    };
    let account = service.account(&service.signed_in).cloned();
    let number = service
        .installations
        .iter()
        .map(|known| known.id)
        .max()
        .unwrap_or_default()
        + 1;
    let is_new = service
        .installations
        .iter()
        .all(|known| known.account != account);
    if is_new {
        service.installations.push(Installation {
            id: number,
            account,
            configure_url: format!("{origin}/{id}/installations/{number}"),
        });
    }
    let body = "<h1>The app is installed</h1>\n<p>You may close this window.</p>";
    pages::show(
        "The app is installed",
        body,
        service.behaviour.opener_policy,
    )
}

/// `GET /{service}/installations/{number}`: where repositories would be chosen.
pub(super) async fn configure(
    State(shared): State<Arc<Shared>>,
    Path((id, number)): Path<(String, u64)>,
) -> Response {
    let directory = shared.directory();
    let Some(service) = directory.service(&id) else {
        return pages::no_such_service(&id);
    };
    let Some(installation) = service
        .installations
        .iter()
        .find(|known| known.id == number)
    else {
        return pages::not_found_page("There is no such installation.");
    };
    let login = installation
        .account
        .as_ref()
        .map_or("nobody", |account| &account.login);
    let body = format!(
        "<h1>Configure the app on {}</h1>\n<p>Installed for <strong>@{}</strong>, with access to all repositories.</p>",
        escape(&service.name),
        escape(login),
    );
    answer::html(
        StatusCode::OK,
        crate::html::page("Configure the app", "", &body),
    )
}
