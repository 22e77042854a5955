use std::pin::Pin;
use std::time::Duration;

use external_auth_core::{
    ApiError, ApiErrorKind, FailedResponse, MAX_BODY_BYTES, MAX_LIST_BYTES, routes,
};
use futures_util::future::{Either, select};
use gloo_net::http::{Method, Request, RequestBuilder};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    AbortController, RequestCache, RequestCredentials, RequestInit, RequestRedirect, ResponseType,
};

use super::deployment::Deployment;
use super::early_requests::EarlyRequest;
use super::received::Received;
use crate::platform::now;
use crate::{Config, Secret};

/// One request to send.
pub(super) struct Call<'a> {
    /// `GET`, `DELETE` or `POST`.
    pub(super) method: Method,
    /// Where it is sent.
    pub(super) deployment: &'a Deployment,
    /// Path below the deployment's origin. Errors name the request by it.
    pub(super) path: &'a str,
    /// The `X-CSRF-TOKEN` header, which unsafe methods need.
    pub(super) csrf_token: Option<&'a str>,
    /// The body, as JSON.
    pub(super) json: Option<&'a str>,
    /// How long the whole answer may take, body included. None: no limit.
    pub(super) timeout: Option<Duration>,
    /// What happens when the caller stops waiting.
    pub(super) on_drop: OnDrop,
    /// This request, if it was sent before the program ran. Its time limit
    /// counts from then, and nothing aborts it.
    pub(super) early: Option<EarlyRequest>,
}

/// What happens to a request when it times out, or when its future is dropped.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum OnDrop {
    /// The request is aborted.
    Abort,
    /// The request continues, even when the person leaves the page, because
    /// aborting it could do harm at the server.
    KeepRunning,
}

/// A complete answer.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) content_type: String,
    pub(super) body: String,
    /// Whether the deployment had answered another request before this one was
    /// sent. Concurrent requests do not count, because it is chance which of
    /// them ends first.
    pub(super) had_answered: bool,
    retry_after: Option<String>,
}

impl Answer {
    /// Returns this answer if it is a success.
    ///
    /// # Errors
    ///
    /// When it is not. The error names the request as `request`.
    pub(super) fn into_success(self, request: &str) -> Result<Self, ApiError> {
        if (200..300).contains(&self.status) {
            return Ok(self);
        }
        Err(ApiError::from_response(
            request,
            FailedResponse {
                status: self.status,
                content_type: &self.content_type,
                retry_after: self.retry_after.as_deref(),
                body: &self.body,
            },
        ))
    }
}

impl Call<'_> {
    /// The name of the request in errors.
    pub(super) fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }
}

/// Sends a request and reads the complete answer.
///
/// # Errors
///
/// When no complete answer arrives in time, or it is not a success.
pub(super) fn send(call: Call<'_>) -> Sent<'_> {
    Box::pin(async move {
        let name = call.name();
        send_any(call).await?.into_success(&name)
    })
}

/// A request that is running. It is boxed: otherwise each caller's future would
/// contain a compiled copy of all its code.
pub(super) type Sent<'a> = Pin<Box<dyn Future<Output = Result<Answer, ApiError>> + 'a>>;

/// Sends a request and reads the complete answer, whatever its status.
///
/// # Errors
///
/// When no complete answer arrives in time.
pub(super) async fn send_any(mut call: Call<'_>) -> Result<Answer, ApiError> {
    let name = call.name();
    let early = call.early.take();
    let limit = call.timeout.map(|limit| {
        let early = early.as_ref();
        early.map_or(limit, |early| early.left_of(limit))
    });
    let controller = match call.on_drop {
        OnDrop::Abort => AbortOnDrop::new(),
        OnDrop::KeepRunning => AbortOnDrop(None),
    };
    let request = if let Some(early) = early {
        Outgoing::Early(early)
    } else {
        let request = build(&call, &controller);
        Outgoing::New(request.map_err(|error| unreachable_for(&name, &error))?)
    };

    let max_bytes = match call.path {
        routes::EXTERNAL_AUTH => MAX_LIST_BYTES,
        _ => MAX_BODY_BYTES,
    };
    let exchange = Box::pin(exchange(request, &name, call.deployment, max_bytes));
    let Some((timeout, limit)) = call.timeout.zip(limit) else {
        return exchange.await;
    };
    let timeout_ms = u32::try_from(limit.as_millis()).unwrap_or(u32::MAX);
    match select(exchange, TimeoutFuture::new(timeout_ms)).await {
        Either::Left((result, _)) => result,
        Either::Right(_) => {
            let waited = format!("waited {} s", timeout.as_secs());
            Err(ApiError::new(ApiErrorKind::TimedOut, &name, &waited))
        }
    }
}

/// A request to the network.
enum Outgoing {
    /// It is not sent yet.
    New(Request),
    /// It was sent before the program ran.
    Early(EarlyRequest),
}

/// The error where there is no answer. `error` is the browser's.
pub(super) fn unreachable(name: &str, error: &JsValue) -> ApiError {
    let error = error.dyn_ref::<js_sys::Error>();
    let detail = error.map_or_else(String::new, |error| error.to_string().into());
    unreachable_for(name, &detail)
}

fn unreachable_for(name: &str, detail: &str) -> ApiError {
    ApiError::new(ApiErrorKind::Unreachable, name, detail)
}

async fn exchange(
    request: Outgoing,
    name: &str,
    deployment: &Deployment,
    max_bytes: usize,
) -> Result<Answer, ApiError> {
    let (received, had_answered) = match request {
        Outgoing::New(request) => {
            let had_answered = deployment.has_answered();
            let response = request.send().await;
            let response = response.map_err(|error| unreachable_for(name, &error.to_string()))?;
            let received = Received::read(response.into(), now(), deployment, max_bytes).await;
            (received, had_answered)
        }
        Outgoing::Early(request) => {
            let received = request.received(deployment, max_bytes).await;
            // Nothing had answered, because nothing was asked before.
            (received.map_err(|error| unreachable(name, &error))?, false)
        }
    };
    answer_of(received, name, deployment, had_answered)
}

/// The complete answer, whatever its status. `had_answered`: see [`Answer`].
///
/// # Errors
///
/// When the answer is a redirect, or a success that is cut off.
pub(super) fn answer_of(
    received: Received,
    name: &str,
    deployment: &Deployment,
    had_answered: bool,
) -> Result<Answer, ApiError> {
    let Received { response, body } = received;
    if response.type_() == ResponseType::Opaqueredirect {
        deployment.record_redirect();
        return Err(ApiError::redirected(name));
    }
    let status = response.status();
    let header = |header: &str| response.headers().get(header).ok().flatten();
    let body = match body {
        Ok(body) => body,
        // The status alone says that this failed, so a cut-off body does not
        // matter.
        Err(_) if !response.ok() => String::new(),
        Err(error) => {
            let cut_off = "a cut-off body";
            let error = String::from(Object::from(error).to_string());
            return Err(ApiError::unreadable(name, status, cut_off, &error));
        }
    };
    Ok(Answer {
        status,
        content_type: header("content-type").unwrap_or_default(),
        body,
        had_answered,
        retry_after: header("retry-after"),
    })
}

fn build(call: &Call<'_>, controller: &AbortOnDrop) -> Result<Request, String> {
    let session_token = call.deployment.session_token.as_ref().map(Secret::expose);
    // gloo-net panics where the browser refuses a header.
    let is_sendable = |token: &str| token.bytes().all(|byte| byte.is_ascii_graphic());
    if !session_token.is_none_or(is_sendable) || !call.csrf_token.is_none_or(is_sendable) {
        return Err("a token that no header can have".to_owned());
    }
    if *call.deployment.base == *Config::NOWHERE {
        return Err("no deployment: its configured address is refused".to_owned());
    }
    let signal = controller.0.as_ref().map(AbortController::signal);
    let mut request = RequestBuilder::new(&format!("{}{}", call.deployment.base, call.path))
        .method(call.method.clone())
        .header("Accept", "application/json")
        // Links change without the browser's cache noticing.
        .cache(RequestCache::NoStore)
        // Following a redirect would send the session token, the CSRF token and
        // the body to its target, which may be another origin.
        .redirect(RequestRedirect::Manual)
        .abort_signal(signal.as_ref());
    if let Some(token) = session_token {
        // If both were sent, the server would prefer the cookie.
        request = request
            .header("Coder-Session-Token", token)
            .credentials(RequestCredentials::Omit);
    }
    if let Some(token) = call.csrf_token {
        request = request.header("X-CSRF-TOKEN", token);
    }
    let request = match call.json {
        Some(body) => request
            .header("Content-Type", "application/json")
            .body(body),
        None => request.build(),
    };
    let request = request.map_err(|error| error.to_string())?;
    if call.on_drop == OnDrop::Abort {
        return Ok(request);
    }
    // The browser ends a page's requests together with the page, except those
    // marked `keepalive` (Fetch, "fetch groups"). web-sys has no setter for it.
    let init = RequestInit::new();
    let set = Reflect::set(&init, &"keepalive".into(), &true.into());
    set.and_then(|_| web_sys::Request::new_with_request_and_init(&request.into(), &init))
        .map(Request::from)
        .map_err(|error| String::from(Object::from(error).to_string()))
}

/// Aborts its request when this is dropped. After the answer, aborting does
/// nothing.
struct AbortOnDrop(Option<AbortController>);

impl AbortOnDrop {
    fn new() -> Self {
        Self(AbortController::new().ok())
    }
}

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        // No abort reason is given, because gloo-net panics on a rejection that
        // is not an `Error`.
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }
}
