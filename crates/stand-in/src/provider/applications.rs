//! The page on which a person ends a grant by hand.

use std::{collections::BTreeSet, fmt::Write, sync::Arc};

use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};

use super::{TokenStatus, pages};
use crate::{
    answer,
    form::Form,
    html::{self, escape},
    state::Shared,
};

/// `GET /settings/applications`.
pub(super) async fn show(State(shared): State<Arc<Shared>>) -> Response {
    let mut items = String::new();
    for service in shared.directory().services() {
        let logins: BTreeSet<&str> = service
            .tokens
            .iter()
            .filter(|token| token.status == TokenStatus::Active)
            .map(|token| token.login.as_str())
            .collect();
        for login in logins {
            let (id, name, login) = (escape(&service.id), escape(&service.name), escape(login));
            let _ = writeln!(
                items,
                "<li><form method=\"post\">Coder may act for <strong>@{login}</strong> at {name}.\n\
                 <input type=\"hidden\" name=\"service\" value=\"{id}\">\n\
                 <input type=\"hidden\" name=\"login\" value=\"{login}\">\n\
                 <button aria-label=\"Revoke {name} for @{login}\">Revoke</button></form></li>"
            );
        }
    }
    let list = if items.is_empty() {
        "<p>No application is authorised.</p>".to_owned()
    } else {
        format!("<ul>\n{items}</ul>")
    };
    let body = format!("<h1>Authorised applications</h1>\n{list}");
    answer::html(
        StatusCode::OK,
        html::page("Authorised applications", "", &body),
    )
}

/// `POST /settings/applications`: ends the grant of one account.
pub(super) async fn revoke(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if let Some(refusal) = pages::refuse_other_sites(&headers) {
        return refusal;
    }
    let form = Form::parse(&body);
    let id = form.get("service");
    let mut directory = shared.directory();
    let Some(service) = directory.service_mut(id) else {
        return pages::no_such_service(id);
    };
    service.revoke_grant(form.get("login"));
    answer::redirect(StatusCode::SEE_OTHER, "/settings/applications")
}
