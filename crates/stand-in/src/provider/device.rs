//! The device authorization endpoint (RFC 8628 §3.1), and the page on which a
//! person types the code (§3.3).

use std::sync::Arc;

use axum::{
    body::Bytes,
    extract::{Path, RawQuery, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use serde_json::json;

use super::{
    DeviceCodeAnswer, OpenerPolicy, Service, authorize::account_choices, oauth_error, pages,
};
use crate::{answer, form::Form, html::escape, state::Shared};

/// `POST /{service}/device/code`: a new code for the client.
pub(super) async fn issue(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    body: Bytes,
) -> Response {
    let now = shared.clock.now();
    let form = Form::of_body_or_query(&body, query.as_deref(), "client_id");
    let mut directory = shared.directory();
    let Some(service) = directory.service_mut(&id) else {
        return pages::no_such_service(&id);
    };
    service.count("device_code");
    // A device has no secret to show (RFC 8628 §3.1).
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
        "verification_uri": format!("{}/{id}/device", shared.origins.provider),
        "expires_in": service.behaviour.expires_in,
    });
    if let Some(interval) = service.behaviour.interval {
        body["interval"] = interval.into();
    }
    answer::json(StatusCode::OK, &body)
}

/// The answer without a code, where the provider is to give none.
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

/// `GET /{service}/device`: asks for the code.
pub(super) async fn ask(State(shared): State<Arc<Shared>>, Path(id): Path<String>) -> Response {
    match shared.directory().service(&id) {
        Some(service) => code_page(service, ""),
        None => pages::no_such_service(&id),
    }
}

/// `POST /{service}/device`: the code, and then what the person chose.
pub(super) async fn decide(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if let Some(refusal) = pages::refuse_other_sites(&headers) {
        return refusal;
    }
    let now = shared.clock.now();
    let form = Form::parse(&body);
    let mut directory = shared.directory();
    let Some(service) = directory.service_mut(&id) else {
        return pages::no_such_service(&id);
    };
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

/// The page for the code; `message` is HTML.
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
    let policy: OpenerPolicy = service.behaviour.opener_policy;
    pages::show(&format!("{}: device", service.name), body, policy)
}
