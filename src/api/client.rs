use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use external_auth_core::wire::{
    BuildInfo, DeviceAuthorization, DeviceExchange, ExternalAuth, ExternalAuthList, Read, User,
    decode,
};
use external_auth_core::{
    ApiError, ApiErrorKind, BeforeUnlink, DeviceAnswer, RevocationOutcome, is_about_csrf, routes,
};
use futures_util::future::{Either, LocalBoxFuture, select};
use gloo_net::http::Method;
use gloo_timers::future::TimeoutFuture;
use leptos::task::spawn_local;

use super::csrf::CsrfToken;
use super::deployment::Deployment;
use super::request::{Answer, Call, OnDrop, send, send_any};
use crate::{Config, Secret};

/// To answer, the server refreshes and checks one link after another. Each
/// provider may take 10 s.
const LIST_TIMEOUT_MS: u32 = 180_000;
const BY_ID_TIMEOUT: Duration = Duration::from_secs(30);
/// The server waits up to 10 s for a provider to answer a revocation.
const UNLINK_TIMEOUT: Duration = Duration::from_secs(30);
/// Shorter, because a poll that hangs uses up the lifetime of the code.
const POLL_TIMEOUT: Duration = Duration::from_secs(20);

/// A client of the external authentication API. It uses the session cookie, or
/// the session token if the embedding page sets one.
pub struct Client {
    deployment: Rc<Deployment>,
    csrf_token: CsrfToken,
}

impl Client {
    /// Makes a client for the deployment in `config`.
    #[must_use]
    pub fn new(config: &Config) -> Self {
        let embedding = config.embedding.clone().unwrap_or_default();
        let base = Arc::clone(&config.base_url);
        Self {
            deployment: Rc::new(Deployment::new(base, embedding.session_token)),
            csrf_token: CsrfToken::new(embedding.csrf_token.as_ref()),
        }
    }

    /// Whether the client talks to the deployment in `config` with the same
    /// credentials.
    #[must_use]
    pub fn is_of(&self, config: &Config) -> bool {
        *self.deployment.base == *config.base_url
            && self.deployment.session_token.as_ref() == config.session_token()
    }

    /// `GET /external-auth`: the configured providers and the person's links.
    ///
    /// The server refreshes tokens while it answers. A refresh token that works
    /// only once would be lost if the request were aborted, so it never is.
    /// After 180 s this method stops waiting, and `take_late` gets the list if
    /// it still arrives. The caller must allow only one request at a time.
    ///
    /// # Errors
    ///
    /// When no complete answer arrives in time, or it cannot be read.
    pub async fn list(
        &self,
        take_late: impl FnOnce(ExternalAuthList) + 'static,
    ) -> Result<ExternalAuthList, ApiError> {
        let deployment = Rc::clone(&self.deployment);
        let path = routes::EXTERNAL_AUTH;
        let request =
            Box::pin(async move { get(&deployment, path, None, OnDrop::KeepRunning).await });
        match select(request, TimeoutFuture::new(LIST_TIMEOUT_MS)).await {
            Either::Left((answer, _)) => answer,
            Either::Right(((), request)) => {
                spawn_local(async move {
                    if let Ok(list) = request.await {
                        take_late(list);
                    }
                });
                Err(ApiError::new(
                    ApiErrorKind::TimedOut,
                    &format!("GET {path}"),
                    &format!("waited {} s", LIST_TIMEOUT_MS / 1000),
                ))
            }
        }
    }

    /// Sets the CSRF token that an embedding page provides later.
    pub fn set_csrf_token(&self, token: &Secret) {
        self.csrf_token.set(token);
    }

    /// How many milliseconds this computer's clock is behind the deployment's,
    /// according to the last answer's `Date` header.
    #[must_use]
    pub fn clock_offset(&self) -> i64 {
        self.deployment.clock_offset()
    }

    /// Whether the last answer came from a proxy in front of the deployment
    /// that requires a sign-in.
    #[must_use]
    pub fn is_signed_out_at_proxy(&self) -> bool {
        self.deployment.is_signed_out_at_proxy()
    }

    /// `GET /users/me`: who is signed in.
    ///
    /// # Errors
    ///
    /// When no complete answer arrives in time, or it cannot be read.
    pub async fn current_user(&self) -> Result<User, ApiError> {
        let path = routes::CURRENT_USER;
        get(&self.deployment, path, Some(BY_ID_TIMEOUT), OnDrop::Abort).await
    }

    /// `GET /buildinfo`: the deployment's access URL. Needs no session.
    ///
    /// # Errors
    ///
    /// When no complete answer arrives in time, or it cannot be read.
    pub async fn build_info(&self) -> Result<BuildInfo, ApiError> {
        let path = routes::BUILD_INFO;
        get(&self.deployment, path, Some(BY_ID_TIMEOUT), OnDrop::Abort).await
    }

    /// `GET /external-auth/{id}`: checks one provider live. Dropping the future
    /// aborts the request.
    ///
    /// # Errors
    ///
    /// When no complete answer arrives in time, or it cannot be read.
    pub async fn external_auth(&self, id: &str) -> Result<ExternalAuth, ApiError> {
        let path = routes::external_auth_by_id(id);
        get(&self.deployment, &path, Some(BY_ID_TIMEOUT), OnDrop::Abort).await
    }

    /// `DELETE /external-auth/{id}`: removes the link, and returns whether the
    /// token was revoked. `before` is what was known of the provider and the
    /// token. Returns none if `may_send` refuses: then nothing was sent.
    ///
    /// # Errors
    ///
    /// When the link was not removed, or this is not known: after a timeout,
    /// without a network, after a server failure, and after a success that does
    /// not come from Coder.
    pub async fn unlink(
        &self,
        id: &str,
        before: BeforeUnlink,
        may_send: MaySend<'_>,
    ) -> Option<Result<RevocationOutcome, ApiError>> {
        let path = routes::external_auth_by_id(id);
        let name = format!("DELETE {path}");
        let unlink = Change {
            method: Method::DELETE,
            path: &path,
            json: None,
            timeout: UNLINK_TIMEOUT,
            // The person asked for the change, so it continues when they leave
            // the page.
            on_drop: OnDrop::KeepRunning,
        };
        let answer = self.change(unlink, may_send).await?;
        Some(answer.and_then(|answer| {
            let answer = answer.into_success(&name)?;
            let outcome = RevocationOutcome::of(&answer.body, before);
            let Some(outcome) = outcome else {
                let detail = "neither what became of the token nor OK";
                return Err(unexpected(&self.deployment, &name, &answer, detail));
            };
            self.deployment.record_answer();
            Ok(outcome)
        }))
    }

    /// `GET /external-auth/{id}/device`: requests a device code (RFC 8628
    /// §3.1). Dropping the future aborts the request.
    ///
    /// # Errors
    ///
    /// When the deployment returns no code.
    pub async fn device_authorization(&self, id: &str) -> Result<DeviceAuthorization, ApiError> {
        let path = routes::device(id);
        get(&self.deployment, &path, Some(BY_ID_TIMEOUT), OnDrop::Abort).await
    }

    /// `POST /external-auth/{id}/device`: polls whether the person has finished
    /// at the provider (RFC 8628 §3.4). A failure is an answer too. Returns
    /// none if `may_send` refuses: then nothing was sent.
    pub async fn exchange_device_code(
        &self,
        id: &str,
        device_code: &str,
        may_send: MaySend<'_>,
    ) -> Option<DeviceAnswer> {
        let path = routes::device(id);
        let body = DeviceExchange {
            device_code: device_code.to_owned(),
        };
        let failed =
            |error: &ApiError, body: &str| DeviceAnswer::of_failure(error, body, device_code);
        let Ok(json) = serde_json::to_string(&body) else {
            return Some(DeviceAnswer::Refused(String::new()));
        };
        let poll = Change {
            method: Method::POST,
            path: &path,
            json: Some(&json),
            timeout: POLL_TIMEOUT,
            // A poll that hangs must not overlap with the next one.
            on_drop: OnDrop::Abort,
        };
        Some(match self.change(poll, may_send).await? {
            Err(error) => failed(&error, ""),
            Ok(answer) if answer.status == 204 => {
                self.deployment.record_answer();
                DeviceAnswer::Linked
            }
            Ok(answer) => {
                let name = format!("POST {path}");
                let body = answer.body.clone();
                match answer.into_success(&name) {
                    // This does not come from Coder. The code may have been
                    // exchanged all the same: the next poll decides.
                    Ok(answer) => {
                        let error = unexpected(&self.deployment, &name, &answer, "204 was due");
                        failed(&error, "")
                    }
                    Err(error) => failed(&error, &body),
                }
            }
        })
    }

    /// Sends a change. If the deployment refuses the CSRF token, fetches a new
    /// one and sends the change once more. Returns none if `may_send` refuses.
    async fn change(
        &self,
        change: Change<'_>,
        may_send: MaySend<'_>,
    ) -> Option<Result<Answer, ApiError>> {
        // Only a request with the session cookie needs a CSRF token: another
        // site cannot send the header of a session token.
        let by_cookie = self.deployment.session_token.is_none();
        let known = self.csrf_token.known().filter(|_| by_cookie);
        let mut is_new = by_cookie && known.is_none();
        let mut token = if is_new {
            self.csrf_token.renew(&self.deployment).await
        } else {
            Ok(known.unwrap_or_default())
        };
        let mut renewed = !by_cookie;
        loop {
            let csrf_token = match &token {
                Ok(token) => token,
                Err(error) => return Some(Err(error.clone())),
            };
            if !may_send(is_new).await {
                return None;
            }
            let call = Call {
                method: change.method.clone(),
                deployment: &self.deployment,
                path: change.path,
                csrf_token: by_cookie.then_some(csrf_token),
                json: change.json,
                timeout: Some(change.timeout),
                on_drop: change.on_drop,
            };
            let answer = send_any(call).await;
            let refused =
                (answer.as_ref()).is_ok_and(|answer| is_about_csrf(answer.status, &answer.body));
            if renewed || !refused {
                return Some(answer);
            }
            token = self.csrf_token.renew(&self.deployment).await;
            is_new = true;
            renewed = true;
        }
    }
}

/// Decides right before a change is sent whether it may be sent. The argument
/// is true if the CSRF token was fetched just now. The token then belongs to
/// the person who is signed in now, so the change would be made for that
/// person.
pub type MaySend<'a> = &'a dyn Fn(bool) -> LocalBoxFuture<'static, bool>;

/// A request that changes something at the deployment.
struct Change<'a> {
    method: Method,
    path: &'a str,
    json: Option<&'a str>,
    timeout: Duration,
    on_drop: OnDrop,
}

async fn get<T: Read>(
    deployment: &Deployment,
    path: &str,
    timeout: Option<Duration>,
    on_drop: OnDrop,
) -> Result<T, ApiError> {
    let answer = send(Call {
        method: Method::GET,
        deployment,
        path,
        csrf_token: None,
        json: None,
        timeout,
        on_drop,
    })
    .await?;
    match decode(&answer.body) {
        Ok(read) => {
            deployment.record_answer();
            Ok(read)
        }
        Err(error) => {
            let name = format!("GET {path}");
            Err(unexpected(deployment, &name, &answer, &error.to_string()))
        }
    }
}

/// The error for a success with an unexpected body. If the deployment has
/// answered before, a web page is taken for the sign-in page of a proxy in
/// front of it.
fn unexpected(deployment: &Deployment, name: &str, answer: &Answer, detail: &str) -> ApiError {
    let content_type = &answer.content_type;
    let error = ApiError::unreadable(name, answer.status, content_type, detail);
    if !ApiError::is_web_page(content_type) {
        return error;
    }
    deployment.record_web_page(answer.had_answered);
    if !answer.had_answered {
        return error;
    }
    ApiError {
        kind: ApiErrorKind::SignedOutAtProxy,
        ..error
    }
}
