//! The page on which a person revokes a grant.

use std::{collections::BTreeSet, fmt::Write, sync::Arc};

use axum::{extract::State, http::StatusCode, response::Response};

use super::{Providers, TokenStatus, extract::OwnForm, pages};
use crate::{
    answer,
    form::Form,
    html::{self, escape},
};

/// `GET /settings/applications`.
pub(super) async fn show(State(providers): State<Arc<Providers>>) -> Response {
    let mut items = String::new();
    for service in providers.services().iter() {
        let service = service.lock();
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
    let body = format!("<h1>Authorized applications</h1>\n{list}");
    answer::html(
        StatusCode::OK,
        html::page("Authorized applications", "", &body),
    )
}

/// `POST /settings/applications`: revokes the grant of one account.
pub(super) async fn revoke(
    State(providers): State<Arc<Providers>>,
    _: OwnForm,
    form: Form,
) -> Response {
    let id = form.get("service");
    let services = providers.services();
    let Some(service) = services.get(id) else {
        return pages::no_such_service(id);
    };
    service.lock().revoke_grant(form.get("login"));
    answer::redirect(StatusCode::SEE_OTHER, "/settings/applications")
}
