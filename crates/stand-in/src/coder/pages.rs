//! The deployment's pages.

use std::sync::Arc;

use axum::{
    extract::State,
    http::{StatusCode, Uri},
    response::Response,
};

use super::{
    Coder,
    extract::{NewSessionCookie, Visit},
    session,
};
use crate::{
    answer,
    form::{Form, Query},
    html::{self, escape},
    local_path,
    own_path::is_own_path,
};

/// `GET /`: the home page, which carries the CSRF token.
pub(super) async fn index(visit: Visit) -> (NewSessionCookie, Response) {
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
    let page = html::page("Stand-in Coder", &head, &body);
    (visit.cookie, answer::html(StatusCode::OK, page))
}

/// `GET /login`: the page with the button.
pub(super) async fn login(Query(query): Query) -> Response {
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

/// `POST /login`: opens a session. Answers with a page that goes on to the
/// target: that may redirect to a provider, which `form-action 'self'` forbids
/// for the answer to a form.
pub(super) async fn sign_in(State(coder): State<Arc<Coder>>, form: Form) -> Response {
    let token = coder.deployment().sessions.open(session::FIRST_USER);
    let redirect = escape(local_path::or_root(form.get("redirect")));
    let head = format!("<meta http-equiv=\"refresh\" content=\"0; url={redirect}\">\n");
    let body = format!("<h1>Signed in</h1>\n<p><a href=\"{redirect}\">Go on</a></p>");
    let response = answer::html(StatusCode::OK, html::page("Signed in", &head, &body));
    answer::with_cookies(response, session::cookies_of_sign_in(&token))
}

/// Redirects to the sign-in, which goes back to the given path.
pub(super) fn to_login(back_to: &str) -> Response {
    let query = Form::default().with("redirect", back_to).encode();
    answer::redirect(StatusCode::SEE_OTHER, &format!("/login?{query}"))
}

/// A `404` page; `sentence` is text, not HTML.
pub(crate) fn not_found_page(sentence: &str) -> Response {
    let body = format!("<h1>Not found</h1>\n<p>{}</p>", escape(sentence));
    answer::html(StatusCode::NOT_FOUND, html::page("Not found", "", &body))
}

/// The answer for an unknown address: JSON for the API, else a page.
pub(super) async fn not_found(uri: Uri) -> Response {
    if uri.path().starts_with("/api/") || is_own_path(uri.path()) {
        return answer::message(StatusCode::NOT_FOUND, "There is no such route.", "");
    }
    not_found_page("There is no such page.")
}

/// The answer for a known address and another method.
pub(super) async fn wrong_method() -> Response {
    answer::message(
        StatusCode::METHOD_NOT_ALLOWED,
        "The route does not take this method.",
        "",
    )
}
