//! The providers' pages.

use std::{fmt::Write, sync::Arc};

use axum::{
    extract::{Path, State},
    http::{HeaderValue, StatusCode, header},
    response::Response,
};

use super::{ERROR_PAGE, OpenerPolicy, Providers, ServiceHandle};
use crate::{
    answer,
    html::{self, escape},
};

/// `GET /`: all providers.
pub(super) async fn index(State(providers): State<Arc<Providers>>) -> Response {
    let mut items = String::new();
    for service in providers.services().iter() {
        let service = service.lock();
        let name = escape(&service.name);
        let (id, login) = (escape(&service.id), escape(&service.signed_in));
        let _ = writeln!(
            items,
            "<li>{name}: signed in as <a href=\"/{id}/people/{login}\">@{login}</a></li>"
        );
    }
    let body = format!(
        "<h1>Stand-in providers</h1>\n<ul>\n{items}</ul>\n\
         <p><a href=\"/settings/applications\">Authorized applications</a></p>"
    );
    answer::html(StatusCode::OK, html::page("Stand-in providers", "", &body))
}

/// `GET /{service}/people/{login}`: the profile of an account.
pub(super) async fn profile(
    Path((_, login)): Path<(String, String)>,
    service: ServiceHandle,
) -> Response {
    let service = service.lock();
    let name = service.account(&login).map_or("", |account| &account.name);
    let body = format!(
        "<h1>{} (@{})</h1>\n<p>An account at {}.</p>",
        escape(name),
        escape(&login),
        escape(&service.name)
    );
    answer::html(StatusCode::OK, html::page(&login, "", &body))
}

/// A page with the service's opener policy.
pub(super) fn show(title: &str, body: &str, policy: OpenerPolicy) -> Response {
    let mut response = answer::html(StatusCode::OK, html::page(title, "", body));
    if policy == OpenerPolicy::SameOrigin {
        response.headers_mut().insert(
            "cross-origin-opener-policy",
            HeaderValue::from_static("same-origin"),
        );
    }
    // No other page may frame a consent page (RFC 6749 §10.13).
    response
        .headers_mut()
        .insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    response
}

/// An error page; `sentence` is text, not HTML.
pub(super) fn problem(status: StatusCode, sentence: &str) -> Response {
    let body = format!("<h1>This did not work</h1>\n<p>{}</p>", escape(sentence));
    answer::html(status, html::page("This did not work", "", &body))
}

/// The `404` for an unknown service.
pub(super) fn no_such_service(id: &str) -> Response {
    not_found_page(&format!("There is no provider {id} here."))
}

/// A `404` page; `sentence` is text, not HTML.
pub(super) fn not_found_page(sentence: &str) -> Response {
    problem(StatusCode::NOT_FOUND, sentence)
}

/// The answer for an unknown address.
pub(super) async fn not_found() -> Response {
    not_found_page("There is no such page.")
}

/// The answer of a provider whose application is down.
pub(super) fn unavailable() -> Response {
    answer::html(
        StatusCode::SERVICE_UNAVAILABLE,
        ERROR_PAGE.replace("502 Bad Gateway", "503 Service Unavailable"),
    )
}
