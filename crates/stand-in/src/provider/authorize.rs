//! The authorization endpoint (RFC 6749 §3.1) and its consent page.

use axum::{http::StatusCode, response::Response};
use external_auth_core::Timestamp;

use super::{
    ConsentPage, Service, ServiceHandle,
    account_choices::account_choices,
    authorization_code::AuthorizationCode,
    consent::Consent,
    extract::{Now, OwnForm},
    pages,
};
use crate::{
    answer,
    form::{Form, Query},
    html::escape,
    random,
};

/// The lifetime of a code; RFC 6749 §4.1.2 allows at most ten minutes.
const CODE_LIFETIME_MS: i64 = 60_000;
/// The time for which a consent page can be answered.
const CONSENT_LIFETIME_MS: i64 = 15 * 60_000;

/// `GET /{service}/authorize`: shows the consent page.
pub(super) async fn ask(service: ServiceHandle, Now(now): Now, Query(query): Query) -> Response {
    let service = &mut *service.lock();
    // The browser must not be redirected to an unknown client (RFC 6749
    // §4.1.2.1).
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
        expires_at: now.plus_ms(CONSENT_LIFETIME_MS),
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

/// `POST /{service}/authorize`: the person's decision on the consent page.
pub(super) async fn decide(
    _: OwnForm,
    service: ServiceHandle,
    Now(now): Now,
    form: Form,
) -> Response {
    let service = &mut *service.lock();
    let consent = service
        .consents
        .remove(form.get("request"))
        .filter(|consent| now < consent.expires_at);
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

/// Checks an authorization request, and returns its code challenge.
///
/// # Errors
///
/// The error code and its description (RFC 6749 §4.1.2.1).
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
        AuthorizationCode {
            login: login.to_owned(),
            challenge: consent.challenge.clone(),
            expires_at: now.plus_ms(CODE_LIFETIME_MS),
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

/// Redirects the browser to the client, with the answer in the query.
fn send_back(service: &Service, state: &str, answer: &Form) -> Response {
    let query = answer.clone().with("state", state).encode();
    answer::redirect(
        StatusCode::SEE_OTHER,
        &format!("{}?{query}", service.client.redirect_uri),
    )
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
