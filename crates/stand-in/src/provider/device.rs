//! The device authorization endpoint (RFC 8628 §3.1), and the page on which a
//! person enters the user code (§3.3).

use std::sync::Arc;

use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use serde_json::json;

use super::{
    DeviceCodeAnswer, Providers, Service, ServiceHandle,
    account_choices::account_choices,
    extract::{Now, OwnForm},
    oauth_error::oauth_error,
    pages,
};
use crate::{
    answer,
    form::{Form, Query},
    html::escape,
};

/// `POST /{service}/device/code`: issues a device code to the client.
pub(super) async fn issue(
    State(providers): State<Arc<Providers>>,
    service: ServiceHandle,
    Now(now): Now,
    Query(query): Query,
    form: Form,
) -> Response {
    // Coder sends the parameters in the query.
    let form = form.or_if_without("client_id", query);
    let mut service = service.lock();
    service.count("device_code");
    // The client does not authenticate itself here (RFC 8628 §3.1).
    if form.get("client_id") != service.client.id {
        return oauth_error(
            StatusCode::UNAUTHORIZED,
            "invalid_client",
            "The client is not known.",
        );
    }
    if let Some(refusal) = refuse_code(service.behaviour.device_code) {
        return refusal;
    }
    let code = service.issue_device_code(now);
    let mut body = json!({
        "device_code": code.secret,
        "user_code": code.user_code,
        "verification_uri": format!("{}/{}/device", providers.origin(), service.id),
        "expires_in": service.behaviour.expires_in,
    });
    if let Some(interval) = service.behaviour.interval {
        body["interval"] = interval.into();
    }
    answer::json(StatusCode::OK, &body)
}

/// The answer of a provider that issues no code.
fn refuse_code(behaviour: DeviceCodeAnswer) -> Option<Response> {
    match behaviour {
        DeviceCodeAnswer::Ok => None,
        DeviceCodeAnswer::Error => Some(oauth_error(
            StatusCode::BAD_REQUEST,
            "unauthorized_client",
            "The device flow is not enabled for this app.",
        )),
        DeviceCodeAnswer::BareError => {
            let body = json!({ "error": "unauthorized_client" });
            Some(answer::json(StatusCode::BAD_REQUEST, &body))
        }
        DeviceCodeAnswer::RateLimited => {
            let mut response = answer::text(StatusCode::TOO_MANY_REQUESTS, "Too many requests.");
            let seconds = HeaderValue::from_static("60");
            response.headers_mut().insert(header::RETRY_AFTER, seconds);
            Some(response)
        }
    }
}

/// `GET /{service}/device`: the page for the user code.
pub(super) async fn ask(service: ServiceHandle) -> Response {
    code_page(&service.lock(), "")
}

/// `POST /{service}/device`: the user code, then the person's decision.
pub(super) async fn decide(
    _: OwnForm,
    service: ServiceHandle,
    Now(now): Now,
    form: Form,
) -> Response {
    let service = &mut *service.lock();
    let Some(code) = service.pending_user_code(form.get("code"), now) else {
        return code_page(
            service,
            "<p role=\"alert\">This code is not known here, was used before, or has ended.</p>\n",
        );
    };
    let code = code.to_owned();
    let login = form.get("login");
    match form.get("decision") {
        "" => consent_page(service, &code),
        "authorize" if service.account(login).is_some() => {
            service.decide_device(&code, Some(login), now);
            done_page(service, "The device is authorised.")
        }
        "cancel" => {
            service.decide_device(&code, None, now);
            done_page(service, "The device is not authorised.")
        }
        _ => pages::problem(
            StatusCode::BAD_REQUEST,
            "Choose an account, and authorise or cancel.",
        ),
    }
}

/// The page for the user code; `message` is HTML.
fn code_page(service: &Service, message: &str) -> Response {
    let name = escape(&service.name);
    let body = format!(
        "<h1>Connect a device to {name}</h1>\n\
         {message}\
         <form method=\"post\">\n\
         <p>Type the code that you were shown.</p>\n\
         <p><label>Code <input name=\"code\" required autofocus autocomplete=\"off\" \
         autocapitalize=\"characters\" spellcheck=\"false\"></label></p>\n\
         <button>Continue</button>\n\
         </form>"
    );
    show(service, &body)
}

fn consent_page(service: &Service, code: &str) -> Response {
    let name = escape(&service.name);
    let body = format!(
        "<h1>Authorise a device at {name}?</h1>\n\
         <p>You are signed in as <strong>@{signed_in}</strong>. \
         Coder asks to act for you at {name}, with the code <strong>{code}</strong>. \
         Go on only if you began this yourself.</p>\n\
         <form method=\"post\">\n\
         <input type=\"hidden\" name=\"code\" value=\"{code}\">\n\
         <p><label>Account <select name=\"login\">\n{choices}</select></label></p>\n\
         <button name=\"decision\" value=\"authorize\">Authorize</button>\n\
         <button name=\"decision\" value=\"cancel\">Cancel</button>\n\
         </form>",
        signed_in = escape(&service.signed_in),
        code = escape(code),
        choices = account_choices(service),
    );
    show(service, &body)
}

fn done_page(service: &Service, sentence: &str) -> Response {
    let body = format!("<h1>{sentence}</h1>\n<p>You may close this window.</p>");
    show(service, &body)
}

fn show(service: &Service, body: &str) -> Response {
    let title = format!("{}: device", service.name);
    pages::show(&title, body, service.behaviour.opener_policy)
}
