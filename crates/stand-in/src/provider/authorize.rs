//! The authorization endpoint (RFC 6749 §3.1) and its consent page.

use std::{fmt::Write, sync::Arc};

use axum::{
    body::Bytes,
    extract::{Path, RawQuery, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use external_auth_core::Timestamp;

use super::{
    ConsentPage, Service,
    directory::{Code, Consent},
    pages,
};
use crate::{answer, form::Form, html::escape, random, state::Shared};

/// A code must be exchanged at once; RFC 6749 §4.1.2 allows ten minutes at most.
const CODE_LIFETIME_MS: i64 = 60_000;
/// How long a consent page may stay open.
const CONSENT_LIFETIME_MS: i64 = 15 * 60_000;

/// `GET /{service}/authorize`: shows the consent page.
pub(super) async fn ask(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    let now = shared.clock.now();
    let query = Form::parse(query.unwrap_or_default().as_bytes());
    let mut directory = shared.directory();
    let Some(service) = directory.service_mut(&id) else {
        return pages::no_such_service(&id);
    };
    // Whoever is not known must not be redirected to (RFC 6749 §4.1.2.1).
    if query.get("client_id") != service.client.id {
        return pages::problem(StatusCode::BAD_REQUEST, "The client_id is not known here.");
    }
    if query.get("redirect_uri") != service.client.redirect_uri {
        return pages::problem(
            StatusCode::BAD_REQUEST,
            "The redirect_uri is not the one that this client has registered.",
        );
    }
    let state = query.get("state").to_owned();
    let challenge = match check(service, &query) {
        Ok(challenge) => challenge,
        Err((error, description)) => {
            return send_back(service, &state, &failure(error, description));
        }
    };
    let consent = Consent {
        state,
        challenge,
        ends: now.plus_ms(CONSENT_LIFETIME_MS),
    };
    match service.behaviour.consent {
        ConsentPage::Ask => {}
        ConsentPage::Skip => {
            let login = service.signed_in.clone();
            return authorize(service, &consent, &login, now);
        }
        ConsentPage::Deny => return refuse(service, &consent),
    }
    let request = random::hex(2);
    let page = consent_page(service, &request);
    service.consents.insert(request, consent);
    page
}

/// `POST /{service}/authorize`: what the person chose on the consent page.
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
    let consent = service
        .consents
        .remove(form.get("request"))
        .filter(|consent| now < consent.ends);
    let Some(consent) = consent else {
        return pages::problem(
            StatusCode::BAD_REQUEST,
            "This page was answered before, or was open for too long. Begin again where you came from.",
        );
    };
    let login = form.get("login");
    match form.get("decision") {
        "authorize" if service.account(login).is_some() => {
            login.clone_into(&mut service.signed_in);
            authorize(service, &consent, login, now)
        }
        "cancel" => refuse(service, &consent),
        _ => pages::problem(
            StatusCode::BAD_REQUEST,
            "Choose an account, and authorise or cancel.",
        ),
    }
}

/// The PKCE challenge of a request that is as it must be; else the error.
fn check(service: &Service, query: &Form) -> Result<Option<String>, (&'static str, &'static str)> {
    if query.get("response_type") != "code" {
        return Err(("unsupported_response_type", "Only codes are issued here."));
    }
    if query.get("state").is_empty() {
        return Err(("invalid_request", "The state is missing."));
    }
    match (
        query.get("code_challenge"),
        query.get("code_challenge_method"),
    ) {
        ("", _) if service.requires_pkce => {
            Err(("invalid_request", "The code_challenge is missing."))
        }
        ("", _) => Ok(None),
        (challenge, "S256") => Ok(Some(challenge.to_owned())),
        _ => Err((
            "invalid_request",
            "Only the code_challenge_method S256 is supported.",
        )),
    }
}

fn authorize(service: &mut Service, consent: &Consent, login: &str, now: Timestamp) -> Response {
    let code = format!("code-{}", random::hex(2));
    service.codes.insert(
        code.clone(),
        Code {
            login: login.to_owned(),
            challenge: consent.challenge.clone(),
            ends: now.plus_ms(CODE_LIFETIME_MS),
            used: false,
        },
    );
    send_back(service, &consent.state, &Form::default().with("code", code))
}

fn refuse(service: &Service, consent: &Consent) -> Response {
    send_back(
        service,
        &consent.state,
        &failure("access_denied", "The person did not authorise the app."),
    )
}

fn failure(error: &str, description: &str) -> Form {
    Form::default()
        .with("error", error)
        .with("error_description", description)
}

/// Sends the browser to the client, with the answer in the query.
fn send_back(service: &Service, state: &str, answer: &Form) -> Response {
    let query = answer.clone().with("state", state).encode();
    answer::redirect(
        StatusCode::SEE_OTHER,
        &format!("{}?{query}", service.client.redirect_uri),
    )
}

/// An option for each account, the one that is signed in chosen.
pub(super) fn account_choices(service: &Service) -> String {
    let mut choices = String::new();
    for account in &service.accounts {
        let selected = if account.login == service.signed_in {
            " selected"
        } else {
            ""
        };
        let login = escape(&account.login);
        let name = escape(&account.name);
        let _ = writeln!(
            choices,
            "<option value=\"{login}\"{selected}>@{login} ({name})</option>"
        );
    }
    choices
}

fn consent_page(service: &Service, request: &str) -> Response {
    let choices = account_choices(service);
    let name = escape(&service.name);
    let title = format!("Sign in to {}", service.name);
    let body = format!(
        "<h1>Sign in to {name}</h1>\n\
         <p>You are signed in as <strong>@{signed_in}</strong>. \
         Coder asks to act for you at {name}.</p>\n\
         <form method=\"post\">\n\
         <input type=\"hidden\" name=\"request\" value=\"{request}\">\n\
         <p><label>Account <select name=\"login\">\n{choices}</select></label></p>\n\
         <button name=\"decision\" value=\"authorize\">Authorize</button>\n\
         <button name=\"decision\" value=\"cancel\">Cancel</button>\n\
         </form>",
        signed_in = escape(&service.signed_in),
        request = escape(request),
    );
    pages::show(&title, &body, service.behaviour.opener_policy)
}
