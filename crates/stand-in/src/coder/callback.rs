//! The deployment's side of the redirect flow (RFC 6749 §4.1).

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode, Uri},
    response::{IntoResponse, Response},
};

use super::{
    Coder, ConfiguredProvider, StoredLink, Visit, by_id::unknown_provider, pages, refresh,
};
use crate::{
    answer, cookies,
    form::{Form, Query},
    local_path,
    pkce::s256,
    random,
};

/// One cookie for all providers: only the flow that was begun last can end.
const STATE_COOKIE: &str = "oauth_state";
const REDIRECT_COOKIE: &str = "oauth_redirect";
const VERIFIER_COOKIE: &str = "oauth_pkce_verifier";

/// `GET /external-auth/{id}/callback` begins the flow and ends it. So does
/// `GET /gitauth/{id}/callback`, the address of older configurations.
///
/// The `redirect_uri` is always on the access URL. A flow that is begun on
/// another host ends without the cookies that were set there.
pub(super) async fn callback(
    State(coder): State<Arc<Coder>>,
    Path(id): Path<String>,
    uri: Uri,
    Query(query): Query,
    headers: HeaderMap,
    visit: Visit,
) -> Response {
    let Some(session) = visit.session else {
        return pages::to_login(uri_path(&uri));
    };
    let response = match answer(&coder, &session.user, &id, &query, &headers).await {
        Ok(response) | Err(response) => response,
    };
    (visit.cookie, response).into_response()
}

/// The answer to a signed-in user. The checks have Coder's order.
async fn answer(
    coder: &Coder,
    user: &str,
    id: &str,
    query: &Form,
    headers: &HeaderMap,
) -> Result<Response, Response> {
    let provider = coder.deployment().provider(id).cloned();
    // A provider of the device flow has no callback.
    let provider = provider
        .filter(|provider| !provider.wire.device)
        .ok_or_else(unknown_provider)?;
    if !query.get("error").is_empty() {
        return Err(provider_refused(query));
    }
    if query.get("code").is_empty() {
        return Ok(begin(coder, &provider, query.get("redirect")));
    }
    require_state(query.get("state"), cookies::get(headers, STATE_COOKIE))?;
    let verifier = cookies::get(headers, VERIFIER_COOKIE).unwrap_or_default();
    if uses_pkce(&provider) && verifier.is_empty() {
        return Err(answer::message(
            StatusCode::BAD_REQUEST,
            "The PKCE verifier of this sign-in is missing.",
            "The browser sent no cookie with it. Begin again.",
        ));
    }
    let tokens = exchange(coder, &provider, query.get("code"), verifier)
        .await
        .map_err(|reason| {
            answer::message(
                StatusCode::INTERNAL_SERVER_ERROR,
                "The code could not be exchanged for a token.",
                &reason,
            )
        })?;
    coder.deployment().save_new_tokens(user, id, tokens);
    Ok(finish(id, cookies::get(headers, REDIRECT_COOKIE)))
}

/// Checks that this flow was begun in this browser, on this host, and that none
/// was begun after it.
fn require_state(state: &str, cookie: Option<&str>) -> Result<(), Response> {
    let (status, message, detail) = match cookie {
        _ if state.is_empty() => (
            StatusCode::BAD_REQUEST,
            "The state of this sign-in is missing.",
            "The provider must send it back.",
        ),
        None | Some("") => (
            StatusCode::UNAUTHORIZED,
            "The cookie with the state of this sign-in is missing.",
            "The sign-in may have begun on another host. Begin again at the access URL.",
        ),
        Some(cookie) if cookie != state => (
            StatusCode::UNAUTHORIZED,
            "The state of this sign-in does not match.",
            "Another sign-in may have been started meanwhile. Begin again.",
        ),
        Some(_) => return Ok(()),
    };
    Err(answer::message(status, message, detail))
}

/// Redirects the browser to the provider.
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
    if uses_pkce(provider) {
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
    answer::with_cookies(response, to_set)
}

fn uses_pkce(provider: &ConfiguredProvider) -> bool {
    let methods = &provider.wire.code_challenge_methods_supported;
    methods.iter().any(|method| method == "S256")
}

/// The provider's error, shown raw in the window.
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
    refresh::tokens_of(&received, coder.clock().now())
}

/// Redirects the browser to the page that it asked for.
fn finish(id: &str, redirect: Option<&str>) -> Response {
    let own_page = format!("/external-auth/{id}?redirected=true");
    let target = redirect.map_or(own_page.as_str(), local_path::or_root);
    let response = answer::redirect(StatusCode::TEMPORARY_REDIRECT, target);
    let cleared = [STATE_COOKIE, REDIRECT_COOKIE, VERIFIER_COOKIE].map(cookies::clear);
    answer::with_cookies(response, cleared)
}

fn redirect_uri(coder: &Coder, provider: &ConfiguredProvider) -> String {
    format!(
        "{}/external-auth/{}/callback",
        coder.access_url(),
        provider.wire.id
    )
}

/// The path and query of an address.
fn uri_path(uri: &Uri) -> &str {
    uri.path_and_query().map_or("/", |path| path.as_str())
}
