use std::time::Duration;

use external_auth_core::{ApiError, ApiErrorKind, FailedResponse};
use futures_util::future::{Either, select};
use gloo_net::http::{Method, Request, RequestBuilder};
use gloo_timers::future::TimeoutFuture;
use js_sys::Reflect;
use web_sys::{AbortController, RequestCache, RequestInit};

/// One request to make.
pub(super) struct Call<'a> {
    /// `GET`, `DELETE` or `POST`.
    pub(super) method: Method,
    /// Origin of the deployment; empty is the page's own.
    pub(super) base: &'a str,
    /// Path below the origin, and the name of the request in errors.
    pub(super) path: &'a str,
    /// `X-CSRF-TOKEN`, which unsafe methods need.
    pub(super) csrf_token: Option<&'a str>,
    /// How long an answer may take, its body included.
    pub(super) timeout: Duration,
    /// What happens when nobody waits for the answer any more.
    pub(super) abandoned: Abandoned,
}

/// What happens to a request when its time is up, or when the future that
/// waits for it is dropped.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Abandoned {
    /// It is aborted.
    Aborted,
    /// It is left to end by itself, also when the page is left: aborting it
    /// could do harm at the server.
    LeftRunning,
}

/// A success.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) content_type: String,
    pub(super) body: String,
}

/// Makes a request and reads the answer to its end.
///
/// # Errors
///
/// When no whole answer comes in time, and when it is not a success.
pub(super) async fn send(call: Call<'_>) -> Result<Answer, ApiError> {
    let name = format!("{} {}", call.method, call.path);
    let controller = match call.abandoned {
        Abandoned::Aborted => AbortOnDrop::new(),
        Abandoned::LeftRunning => AbortOnDrop(None),
    };
    let request = build(&call, &controller)
        .map_err(|error| ApiError::new(ApiErrorKind::Unreachable, &name, &error))?;
    let timeout_ms = u32::try_from(call.timeout.as_millis()).unwrap_or(u32::MAX);

    let exchange = Box::pin(exchange(request, &name));
    match select(exchange, TimeoutFuture::new(timeout_ms)).await {
        Either::Left((result, _)) => result,
        Either::Right(_) => {
            let waited = format!("waited {} s", call.timeout.as_secs());
            Err(ApiError::new(ApiErrorKind::TimedOut, &name, &waited))
        }
    }
}

async fn exchange(request: Request, name: &str) -> Result<Answer, ApiError> {
    let response = request
        .send()
        .await
        .map_err(|error| ApiError::new(ApiErrorKind::Unreachable, name, &error.to_string()))?;
    let status = response.status();
    let header = |header: &str| response.headers().get(header);
    let content_type = header("content-type").unwrap_or_default();
    let body = response.text().await;

    if !response.ok() {
        return Err(ApiError::from_response(
            name,
            FailedResponse {
                status,
                content_type: &content_type,
                retry_after: header("retry-after").as_deref(),
                // A failure is one, also when its explanation was cut off.
                body: &body.unwrap_or_default(),
            },
        ));
    }
    match body {
        Ok(body) => Ok(Answer {
            status,
            content_type,
            body,
        }),
        Err(error) => Err(ApiError::unreadable(
            name,
            status,
            "a cut-off body",
            &error.to_string(),
        )),
    }
}

fn build(call: &Call<'_>, controller: &AbortOnDrop) -> Result<Request, String> {
    let signal = controller.0.as_ref().map(AbortController::signal);
    let mut request = RequestBuilder::new(&format!("{}{}", call.base, call.path))
        .method(call.method.clone())
        .header("Accept", "application/json")
        // What is linked changes behind the browser's back.
        .cache(RequestCache::NoStore)
        .abort_signal(signal.as_ref());
    if let Some(token) = call.csrf_token {
        request = request.header("X-CSRF-TOKEN", token);
    }
    let request = request.build().map_err(|error| error.to_string())?;
    if call.abandoned == Abandoned::Aborted {
        return Ok(request);
    }
    // The browser ends a page's requests with the page, except those that are
    // marked `keepalive` (Fetch, "fetch groups"). web-sys has no setter for it.
    let init = RequestInit::new();
    let set = Reflect::set(&init, &"keepalive".into(), &true.into());
    set.and_then(|_| web_sys::Request::new_with_request_and_init(&request.into(), &init))
        .map(Request::from)
        .map_err(|error| format!("{error:?}"))
}

/// Aborts its request when it is dropped. After the answer that does nothing.
struct AbortOnDrop(Option<AbortController>);

impl AbortOnDrop {
    fn new() -> Self {
        Self(AbortController::new().ok())
    }
}

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        // Without a reason: gloo-net takes a rejection that is not an `Error`
        // for a defect of the program.
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }
}
