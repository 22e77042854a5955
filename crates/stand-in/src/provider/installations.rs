//! The installations of the client's app: the API, and the pages to install it.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use serde_json::{Value, json};

use super::{
    ERROR_PAGE, Providers, ServiceHandle, client_auth,
    extract::{Now, OwnForm},
    pages, user,
};
use crate::{
    answer,
    html::{self, escape},
    wire::Installation,
};

/// The installations on a page of GitHub's API. Coder asks for the first page.
const PAGE_SIZE: usize = 30;

/// `GET /{service}/user/installations`.
pub(super) async fn list(service: ServiceHandle, Now(now): Now, headers: HeaderMap) -> Response {
    let mut service = service.lock();
    service.count("installations");
    if let Some(refusal) = user::refusal(&service) {
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
    // Other providers answer in another form, which Coder does not understand.
    if !service.is_github {
        return answer::json(StatusCode::OK, &json!({ "values": [] }));
    }
    let installations: Vec<Value> = service
        .installations
        .iter()
        .take(PAGE_SIZE)
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
pub(super) async fn ask(service: ServiceHandle) -> Response {
    let service = service.lock();
    let body = format!(
        "<h1>Install the app on {name}</h1>\n\
         <p>Coder asks to be installed for <strong>@{login}</strong>.</p>\n\
         <form method=\"post\"><button>Install</button></form>",
        name = escape(&service.name),
        login = escape(&service.signed_in),
    );
    pages::show("Install the app", &body, service.behaviour.opener_policy)
}

/// `POST /{service}/apps/install`: installs the app for the signed-in account.
pub(super) async fn install(
    State(providers): State<Arc<Providers>>,
    _: OwnForm,
    service: ServiceHandle,
) -> Response {
    let service = &mut *service.lock();
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
            configure_url: format!(
                "{}/{}/installations/{number}",
                providers.origin(),
                service.id
            ),
        });
    }
    let body = "<h1>The app is installed</h1>\n<p>You may close this window.</p>";
    pages::show(
        "The app is installed",
        body,
        service.behaviour.opener_policy,
    )
}

/// `GET /{service}/installations/{number}`: the settings of an installation.
pub(super) async fn configure(
    Path((_, number)): Path<(String, u64)>,
    service: ServiceHandle,
) -> Response {
    let service = service.lock();
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
    answer::html(StatusCode::OK, html::page("Configure the app", "", &body))
}
