//! The redirect flow (RFC 6749 §4.1), as the deployment's side of it.

use std::sync::Arc;

use axum::{
    extract::{Path, RawQuery, State},
    http::{HeaderMap, StatusCode, Uri},
    response::Response,
};

use super::{
    Coder,
    by_id::unknown_provider,
    deployment::{ConfiguredProvider, StoredLink},
    pages, refresh, session,
};
use crate::{answer, cookies, form::Form, local_path, provider::s256, random};

/// One for all providers: the flow that was begun last is the one that works.
const STATE_COOKIE: &str = "oauth_state";
const REDIRECT_COOKIE: &str = "oauth_redirect";
const VERIFIER_COOKIE: &str = "oauth_pkce_verifier";

/// `GET /external-auth/{id}/callback`: begins the flow, and ends it.
pub(super) async fn callback(
    State(coder): State<Arc<Coder>>,
    Path(id): Path<String>,
    uri: Uri,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let Some(session) = session::of_page(&coder.shared, &headers) else {
        return pages::to_login(uri_path(&uri));
    };
    let provider = coder.shared.deployment().provider(&id).cloned();
    // One that links by device flow has no such address.
    let Some(provider) = provider.filter(|provider| !provider.wire.device) else {
        return unknown_provider();
    };
    let query = Form::parse(query.unwrap_or_default().as_bytes());
    if !query.get("error").is_empty() {
        return provider_refused(&query);
    }
    if query.get("code").is_empty() {
        return begin(&coder, &provider, query.get("redirect"));
    }
    let expected = cookies::get(&headers, STATE_COOKIE).unwrap_or_default();
    if expected.is_empty() || query.get("state") != expected {
        return answer::message(
            StatusCode::BAD_REQUEST,
            "The state of this sign-in does not match.",
            "Another sign-in may have been started meanwhile. Begin again.",
        );
    }
    let verifier = cookies::get(&headers, VERIFIER_COOKIE).unwrap_or_default();
    match exchange(&coder, &provider, query.get("code"), verifier).await {
        Ok(tokens) => {
            coder
                .shared
                .deployment()
                .link_anew(&session.user, &id, tokens);
            finish(&id, cookies::get(&headers, REDIRECT_COOKIE))
        }
        Err(reason) => answer::message(
            StatusCode::INTERNAL_SERVER_ERROR,
            "The code could not be exchanged for a token.",
            &reason,
        ),
    }
}

/// Sends the browser to the provider.
fn begin(coder: &Coder, provider: &ConfiguredProvider, redirect: &str) -> Response {
    let state = random::hex(2);
    let mut query = Form::default()
        .with("response_type", "code")
        .with("client_id", provider.client_id.as_str())
        .with("redirect_uri", redirect_uri(coder, provider))
        .with("state", state.as_str());
    let mut to_set = vec![
        cookies::set(STATE_COOKIE, &state),
        match local_path::of_any_url(redirect) {
            Some(path) => cookies::set(REDIRECT_COOKIE, &path),
            None => cookies::clear(REDIRECT_COOKIE),
        },
    ];
    let uses_pkce = provider
        .wire
        .code_challenge_methods_supported
        .iter()
        .any(|method| method == "S256");
    if uses_pkce {
        // 48 characters; RFC 7636 §4.1 asks for 43 at least.
        let verifier = random::hex(3);
        query = query
            .with("code_challenge", s256(&verifier))
            .with("code_challenge_method", "S256");
        to_set.push(cookies::set(VERIFIER_COOKIE, &verifier));
    }
    let address = format!(
        "{}?{}",
        coder.provider.url(provider, "authorize"),
        query.encode()
    );
    let response = answer::redirect(StatusCode::TEMPORARY_REDIRECT, &address);
    to_set.iter().fold(response, |response, cookie| {
        answer::with_cookie(response, cookie)
    })
}

/// The provider's own words, raw in the window.
fn provider_refused(query: &Form) -> Response {
    answer::message(
        StatusCode::BAD_REQUEST,
        "The provider did not authorise the sign-in.",
        &format!("{}: {}", query.get("error"), query.get("error_description")),
    )
}

async fn exchange(
    coder: &Coder,
    provider: &ConfiguredProvider,
    code: &str,
    verifier: &str,
) -> Result<StoredLink, String> {
    let mut form = Form::default()
        .with("grant_type", "authorization_code")
        .with("code", code)
        .with("redirect_uri", redirect_uri(coder, provider));
    if !verifier.is_empty() {
        form = form.with("code_verifier", verifier);
    }
    let received = coder.provider.post_form(provider, "token", form).await?;
    refresh::tokens_of(&received, coder.shared.clock.now())
}

/// Sends the browser where it asked to land.
fn finish(id: &str, redirect: Option<&str>) -> Response {
    let own_page = format!("/external-auth/{id}?redirected=true");
    let target = redirect.map_or(own_page.as_str(), local_path::or_root);
    let response = answer::redirect(StatusCode::TEMPORARY_REDIRECT, target);
    [STATE_COOKIE, REDIRECT_COOKIE, VERIFIER_COOKIE]
        .iter()
        .fold(response, |response, name| {
            answer::with_cookie(response, &cookies::clear(name))
        })
}

fn redirect_uri(coder: &Coder, provider: &ConfiguredProvider) -> String {
    format!(
        "{}/external-auth/{}/callback",
        coder.shared.origins.deployment, provider.wire.id
    )
}

/// Path and query of an address.
fn uri_path(uri: &Uri) -> &str {
    uri.path_and_query().map_or("/", |path| path.as_str())
}
