use std::pin::Pin;
use std::time::Duration;

use external_auth_core::{ApiError, ApiErrorKind, FailedResponse};
use futures_util::future::{Either, select};
use gloo_net::http::{Method, Request, RequestBuilder};
use gloo_timers::future::TimeoutFuture;
use js_sys::Reflect;
use web_sys::{
    AbortController, RequestCache, RequestCredentials, RequestInit, RequestRedirect, ResponseType,
};

use super::deployment::Deployment;

/// One request to make.
pub(super) struct Call<'a> {
    /// `GET`, `DELETE` or `POST`.
    pub(super) method: Method,
    /// Who is asked.
    pub(super) deployment: &'a Deployment,
    /// Path below its origin, and the name of the request in errors.
    pub(super) path: &'a str,
    /// `X-CSRF-TOKEN`, which unsafe methods need.
    pub(super) csrf_token: Option<&'a str>,
    /// The body, in JSON.
    pub(super) json: Option<&'a str>,
    /// How long an answer may take, its body included; none: as long as it takes.
    pub(super) timeout: Option<Duration>,
    /// What happens when nobody waits for the answer any more.
    pub(super) on_drop: OnDrop,
}

/// What happens to a request when its time is up, or when the future that
/// waits for it is dropped.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum OnDrop {
    /// It is aborted.
    Abort,
    /// It is left to end by itself, also when the page is left: aborting it
    /// could do harm at the server.
    KeepRunning,
}

/// An answer that came to its end.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) content_type: String,
    pub(super) body: String,
    /// The deployment had answered another request before this one was sent.
    /// Requests that run at the same time say nothing about each other: which
    /// one ends first is chance.
    pub(super) had_answered: bool,
    retry_after: Option<String>,
}

impl Answer {
    /// This answer, if it is a success.
    ///
    /// # Errors
    ///
    /// When it is not; `request` names what it answers.
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

/// Makes a request and reads the answer to its end.
///
/// # Errors
///
/// When no whole answer comes in time, and when it is not a success.
pub(super) fn send(call: Call<'_>) -> Sent<'_> {
    Box::pin(async move {
        let name = call.name();
        send_any(call).await?.into_success(&name)
    })
}

/// A request on its way. In a box: else whoever waits for it would be compiled
/// with all that it does.
pub(super) type Sent<'a> = Pin<Box<dyn Future<Output = Result<Answer, ApiError>> + 'a>>;

/// Makes a request and reads the answer to its end, whatever its status.
///
/// # Errors
///
/// When no whole answer comes in time.
pub(super) async fn send_any(call: Call<'_>) -> Result<Answer, ApiError> {
    let name = call.name();
    let controller = match call.on_drop {
        OnDrop::Abort => AbortOnDrop::new(),
        OnDrop::KeepRunning => AbortOnDrop(None),
    };
    let request = build(&call, &controller)
        .map_err(|error| ApiError::new(ApiErrorKind::Unreachable, &name, &error))?;

    let exchange = Box::pin(exchange(request, &name, call.deployment));
    let Some(timeout) = call.timeout else {
        return exchange.await;
    };
    let timeout_ms = u32::try_from(timeout.as_millis()).unwrap_or(u32::MAX);
    match select(exchange, TimeoutFuture::new(timeout_ms)).await {
        Either::Left((result, _)) => result,
        Either::Right(_) => {
            let waited = format!("waited {} s", timeout.as_secs());
            Err(ApiError::new(ApiErrorKind::TimedOut, &name, &waited))
        }
    }
}

async fn exchange(
    request: Request,
    name: &str,
    deployment: &Deployment,
) -> Result<Answer, ApiError> {
    let had_answered = deployment.has_answered();
    let response = request
        .send()
        .await
        .map_err(|error| ApiError::new(ApiErrorKind::Unreachable, name, &error.to_string()))?;
    if response.type_() == ResponseType::Opaqueredirect {
        deployment.see_redirect();
        return Err(ApiError::redirected(name));
    }
    let status = response.status();
    let header = |header: &str| response.headers().get(header);
    if let Some(date) = header("date") {
        deployment.see_date(&date);
    }
    let content_type = header("content-type").unwrap_or_default();
    let body = response.text().await;

    let body = match body {
        Ok(body) => body,
        // A failure is one, also when its explanation was cut off.
        Err(_) if !response.ok() => String::new(),
        Err(error) => {
            let cut_off = "a cut-off body";
            return Err(ApiError::unreadable(
                name,
                status,
                cut_off,
                &error.to_string(),
            ));
        }
    };
    Ok(Answer {
        status,
        content_type,
        body,
        had_answered,
        retry_after: header("retry-after"),
    })
}

fn build(call: &Call<'_>, controller: &AbortOnDrop) -> Result<Request, String> {
    let signal = controller.0.as_ref().map(AbortController::signal);
    let mut request = RequestBuilder::new(&format!("{}{}", call.deployment.base, call.path))
        .method(call.method.clone())
        .header("Accept", "application/json")
        // What is linked changes behind the browser's back.
        .cache(RequestCache::NoStore)
        // A redirect would carry the session token, the CSRF token and the body
        // to wherever it points, another origin included.
        .redirect(RequestRedirect::Manual)
        .abort_signal(signal.as_ref());
    if let Some(token) = &call.deployment.session_token {
        // Where cookie and header differ, the server would take the cookie.
        request = request
            .header("Coder-Session-Token", token.expose())
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
