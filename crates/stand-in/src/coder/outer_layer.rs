use std::sync::Arc;

use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, Uri},
    middleware::Next,
    response::Response,
};

use super::{Coder, csrf, policy, session};
use crate::{
    cookies, fault::Origin, http_date::put_date, network::ConnectionHandle, own_path::is_own_path,
    request_log::Entry,
};

/// Around every handler of the deployment's origin: logs the request, applies
/// faults, and adds policy and date to the answer.
pub(super) async fn outer_layer(
    State(coder): State<Arc<Coder>>,
    request: Request,
    next: Next,
) -> Response {
    let (method, uri) = (request.method().clone(), request.uri().clone());
    let ticket = is_logged(&uri).then(|| coder.log.begin(entry(&coder, &request)));
    let connection = request
        .extensions()
        .get::<ConnectInfo<ConnectionHandle>>()
        .cloned();
    let real = next.run(request);
    let answer = if is_own_path(uri.path()) {
        // A fault must not reach the routes that clear it.
        Some(real.await)
    } else {
        let faults = &coder.environment.faults;
        faults
            .answer(Origin::Deployment, &method, uri.path(), real)
            .await
    };
    let Some(mut response) = answer else {
        if let Some(ConnectInfo(connection)) = connection {
            connection.reset();
        }
        // Never sent. The log has no status for the request.
        return Response::default();
    };
    policy::put_on_html(&mut response);
    let now = coder.clock().now();
    put_date(&mut response, now);
    if let Some(ticket) = ticket {
        ticket.answered(response.status().as_u16(), now);
    }
    response
}

fn is_logged(uri: &Uri) -> bool {
    let path = uri.path();
    path == "/"
        || ["/api/v2", "/external-auth", "/gitauth/"]
            .iter()
            .any(|start| path.starts_with(start))
}

fn entry(coder: &Coder, request: &Request) -> Entry {
    let (uri, headers) = (request.uri(), request.headers());
    let query = uri.query().unwrap_or_default();
    let now = coder.clock().now();
    let mut entry = Entry::new(request.method().as_str(), uri.path(), query, now);
    entry.session = session_kind(headers);
    entry.user = session::user_of(coder, headers);
    entry.csrf = headers.contains_key(csrf::HEADER);
    entry
}

/// How a request authenticates itself.
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
