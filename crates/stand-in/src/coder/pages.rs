//! The deployment's own pages: as few as there can be.

use std::sync::Arc;

use axum::{
    body::Bytes,
    extract::{RawQuery, State},
    http::{HeaderMap, StatusCode, Uri},
    response::Response,
};

use super::{Coder, session};
use crate::{
    answer,
    form::Form,
    html::{self, escape},
    local_path,
};

/// `GET /`: the first page, which carries the CSRF token.
pub(super) async fn index(State(coder): State<Arc<Coder>>, headers: HeaderMap) -> Response {
    let visit = session::visit(&coder.shared, &headers);
    let who = match &visit.session {
        Some(session) => format!("<p>You are signed in as {}.</p>", escape(&session.user)),
        None => "<p>You are signed out. <a href=\"/login\">Sign in</a></p>".to_owned(),
    };
    let head = format!(
        "<meta property=\"csrf-token\" content=\"{}\">\n",
        escape(&visit.csrf_token)
    );
    let body = format!(
        "<h1>Stand-in Coder</h1>\n{who}\n<p><a href=\"/accounts/\">External authentication</a></p>"
    );
    let response = answer::html(StatusCode::OK, html::page("Stand-in Coder", &head, &body));
    match visit.welcome {
        Some(cookie) => answer::with_cookie(response, &cookie),
        None => response,
    }
}

/// `GET /login`: the page with the button.
pub(super) async fn login(RawQuery(query): RawQuery) -> Response {
    let query = Form::parse(query.unwrap_or_default().as_bytes());
    let redirect = escape(local_path::or_root(query.get("redirect")));
    let body = format!(
        "<h1>Sign in to the stand-in Coder</h1>\n\
         <form method=\"post\" action=\"/login\">\n\
         <input type=\"hidden\" name=\"redirect\" value=\"{redirect}\">\n\
         <button>Sign in as {}</button>\n\
         </form>",
        session::FIRST_USER
    );
    answer::html(StatusCode::OK, html::page("Sign in", "", &body))
}

/// `POST /login`: opens a session, and goes on by a page that leaves: the way
/// may lead on to a provider, and `form-action 'self'` forbids a form to
/// redirect there.
pub(super) async fn sign_in(State(coder): State<Arc<Coder>>, body: Bytes) -> Response {
    let form = Form::parse(&body);
    let token = coder.shared.deployment().sessions.open(session::FIRST_USER);
    let redirect = escape(local_path::or_root(form.get("redirect")));
    let head = format!("<meta http-equiv=\"refresh\" content=\"0; url={redirect}\">\n");
    let body = format!("<h1>Signed in</h1>\n<p><a href=\"{redirect}\">Go on</a></p>");
    let response = answer::html(StatusCode::OK, html::page("Signed in", &head, &body));
    session::cookies_of_sign_in(&token)
        .iter()
        .fold(response, |response, cookie| {
            answer::with_cookie(response, cookie)
        })
}

/// Sends someone without a session to sign in, and then back.
pub(super) fn to_login(back_to: &str) -> Response {
    let query = Form::default().with("redirect", back_to).encode();
    answer::redirect(StatusCode::SEE_OTHER, &format!("/login?{query}"))
}

/// A page that says that something is not there; `sentence` is text.
pub(crate) fn not_found_page(sentence: &str) -> Response {
    let body = format!("<h1>Not found</h1>\n<p>{}</p>", escape(sentence));
    answer::html(StatusCode::NOT_FOUND, html::page("Not found", "", &body))
}

/// Any other address: JSON for the API, a page for a person.
pub(super) async fn not_found(uri: Uri) -> Response {
    if uri.path().starts_with("/api/") || uri.path().starts_with("/_stand-in/") {
        return answer::message(StatusCode::NOT_FOUND, "There is no such route.", "");
    }
    not_found_page("There is no such page.")
}

/// A known address, but not for this method.
pub(super) async fn wrong_method() -> Response {
    answer::message(
        StatusCode::METHOD_NOT_ALLOWED,
        "The route does not take this method.",
        "",
    )
}
