//! The provider's plain pages.

use std::{fmt::Write, sync::Arc};

use axum::{
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};

use super::OpenerPolicy;
use crate::{
    answer,
    html::{self, escape},
    state::Shared,
};

/// `GET /`: what there is.
pub(super) async fn index(State(shared): State<Arc<Shared>>) -> Response {
    let mut items = String::new();
    for service in shared.directory().services() {
        let name = escape(&service.name);
        let (id, login) = (escape(&service.id), escape(&service.signed_in));
        let _ = writeln!(
            items,
            "<li>{name}: signed in as <a href=\"/{id}/people/{login}\">@{login}</a></li>"
        );
    }
    let body = format!(
        "<h1>Stand-in providers</h1>\n<ul>\n{items}</ul>\n\
         <p><a href=\"/settings/applications\">Authorised applications</a></p>"
    );
    answer::html(StatusCode::OK, html::page("Stand-in providers", "", &body))
}

/// `GET /{service}/people/{login}`: a profile.
pub(super) async fn profile(
    State(shared): State<Arc<Shared>>,
    Path((id, login)): Path<(String, String)>,
) -> Response {
    let directory = shared.directory();
    let Some(service) = directory.service(&id) else {
        return no_such_service(&id);
    };
    let name = service.account(&login).map_or("", |account| &account.name);
    let body = format!(
        "<h1>{} (@{})</h1>\n<p>An account at {}.</p>",
        escape(name),
        escape(&login),
        escape(&service.name)
    );
    answer::html(StatusCode::OK, html::page(&login, "", &body))
}

/// A page under the opener policy of the service.
pub(super) fn show(title: &str, body: &str, policy: OpenerPolicy) -> Response {
    let mut response = answer::html(StatusCode::OK, html::page(title, "", body));
    if policy == OpenerPolicy::SameOrigin {
        response.headers_mut().insert(
            "cross-origin-opener-policy",
            HeaderValue::from_static("same-origin"),
        );
    }
    // A consent page must not be drawn inside another (RFC 6749 §10.13).
    response
        .headers_mut()
        .insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    response
}

/// A form counts only when one of these pages sent it.
pub(super) fn refuse_other_sites(headers: &HeaderMap) -> Option<Response> {
    let site = headers.get("sec-fetch-site")?;
    (site != "same-origin").then(|| {
        problem(
            StatusCode::FORBIDDEN,
            "This form was sent by another site. Open the page again.",
        )
    })
}

/// A page that says what went wrong; `sentence` is text.
pub(super) fn problem(status: StatusCode, sentence: &str) -> Response {
    let body = format!("<h1>This did not work</h1>\n<p>{}</p>", escape(sentence));
    answer::html(status, html::page("This did not work", "", &body))
}

/// There is no service of that name.
pub(super) fn no_such_service(id: &str) -> Response {
    not_found_page(&format!("There is no provider {id} here."))
}

/// What is asked for is not there.
pub(super) fn not_found_page(sentence: &str) -> Response {
    problem(StatusCode::NOT_FOUND, sentence)
}

/// Any other address.
pub(super) async fn not_found() -> Response {
    not_found_page("There is no such page.")
}
