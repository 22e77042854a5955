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

/// The list refreshes and checks link after link at the providers, each of
/// which may take 10 s.
const LIST_TIMEOUT_MS: u32 = 180_000;
const BY_ID_TIMEOUT: Duration = Duration::from_secs(30);
/// A provider gets 10 s to answer a revocation.
const UNLINK_TIMEOUT: Duration = Duration::from_secs(30);
/// A poll that hangs must not cost the life of a code.
const POLL_TIMEOUT: Duration = Duration::from_secs(20);

/// A client of the external authentication API, by session cookie or, in an
/// embedding page that gives one, by session token.
pub struct Client {
    deployment: Rc<Deployment>,
    csrf_token: CsrfToken,
}

impl Client {
    /// A client of the deployment that `config` names.
    #[must_use]
    pub fn new(config: &Config) -> Self {
        let embedding = config.embedding.clone().unwrap_or_default();
        let base = Arc::clone(&config.base_url);
        Self {
            deployment: Rc::new(Deployment::new(base, embedding.session_token)),
            csrf_token: CsrfToken::new(embedding.csrf_token.as_ref()),
        }
    }

    /// `GET /external-auth`: what is configured and what is linked.
    ///
    /// The server refreshes tokens while it answers, and a refresh token that
    /// works once is lost when it is interrupted: so the request is never
    /// aborted. After 180 s the page stops waiting for it; `take_late` gets a
    /// list that comes later all the same. Whoever asks sees to it that there is
    /// one request at a time.
    ///
    /// # Errors
    ///
    /// When no whole answer comes in time, and when it cannot be read.
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

    /// Takes the CSRF token that an embedding page gives later.
    pub fn set_csrf_token(&self, token: &Secret) {
        self.csrf_token.set(token);
    }

    /// By how many milliseconds this computer's clock is behind the
    /// deployment's, as far as the answers tell.
    #[must_use]
    pub fn clock_offset(&self) -> i64 {
        self.deployment.clock_offset()
    }

    /// Whether the last answer came from a proxy in front of the deployment that
    /// wants the person to sign in.
    #[must_use]
    pub fn is_signed_out_at_proxy(&self) -> bool {
        self.deployment.is_signed_out_at_proxy()
    }

    /// `GET /users/me`: who is signed in.
    ///
    /// # Errors
    ///
    /// When no whole answer comes in time, and when it cannot be read.
    pub async fn current_user(&self) -> Result<User, ApiError> {
        let path = routes::CURRENT_USER;
        get(&self.deployment, path, Some(BY_ID_TIMEOUT), OnDrop::Abort).await
    }

    /// `GET /buildinfo`: what the deployment says of itself. Needs no session.
    ///
    /// # Errors
    ///
    /// When no whole answer comes in time, and when it cannot be read.
    pub async fn build_info(&self) -> Result<BuildInfo, ApiError> {
        let path = routes::BUILD_INFO;
        get(&self.deployment, path, Some(BY_ID_TIMEOUT), OnDrop::Abort).await
    }

    /// `GET /external-auth/{id}`: one provider, asked live. Dropping the
    /// future aborts the request.
    ///
    /// # Errors
    ///
    /// When no whole answer comes in time, and when it cannot be read.
    pub async fn external_auth(&self, id: &str) -> Result<ExternalAuth, ApiError> {
        let path = routes::external_auth_by_id(id);
        get(&self.deployment, &path, Some(BY_ID_TIMEOUT), OnDrop::Abort).await
    }

    /// `DELETE /external-auth/{id}`: removes the link, and says what became of
    /// the token. `before` is what was known of the provider and the token. None
    /// when `may_send` says no: then nothing was sent.
    ///
    /// # Errors
    ///
    /// When the link was not removed, and when that is not known: after a
    /// timeout, without a network, after a failure of the server, and when a
    /// success is not one of Coder's.
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
            // Half an unlink is no help: it goes on when the page is left.
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
            self.deployment.see_answer();
            Ok(outcome)
        }))
    }

    /// `GET /external-auth/{id}/device`: begins the device flow (RFC 8628 §3.1).
    /// Dropping the future aborts the request.
    ///
    /// # Errors
    ///
    /// When there is no code to be had.
    pub async fn device_authorization(&self, id: &str) -> Result<DeviceAuthorization, ApiError> {
        let path = routes::device(id);
        get(&self.deployment, &path, Some(BY_ID_TIMEOUT), OnDrop::Abort).await
    }

    /// `POST /external-auth/{id}/device`: asks whether the person has finished
    /// at the provider (RFC 8628 §3.4). Every failure is an answer too.
    /// None when `may_send` says no: then nothing was sent.
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
            // One that hangs must not run beside the next.
            on_drop: OnDrop::Abort,
        };
        Some(match self.change(poll, may_send).await? {
            Err(error) => failed(&error, ""),
            Ok(answer) if answer.status == 204 => {
                self.deployment.see_answer();
                DeviceAnswer::Linked
            }
            Ok(answer) => {
                let name = format!("POST {path}");
                let body = answer.body.clone();
                match answer.into_success(&name) {
                    // Not Coder's answer. The code may have been exchanged, as
                    // after a lost answer: the next poll decides.
                    Ok(answer) => {
                        let error = unexpected(&self.deployment, &name, &answer, "204 was due");
                        failed(&error, "")
                    }
                    Err(error) => failed(&error, &body),
                }
            }
        })
    }

    /// Makes a change, with a CSRF token that is renewed once. None when
    /// `may_send` says no.
    async fn change(
        &self,
        change: Change<'_>,
        may_send: MaySend<'_>,
    ) -> Option<Result<Answer, ApiError>> {
        // Only the cookie needs it: another site cannot send the header.
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

/// Asked right before a change is sent: may it be sent? `true` means that the
/// CSRF token was fetched just now. It then belongs to whoever is signed in now,
/// so the change would be made for that person.
pub type MaySend<'a> = &'a dyn Fn(bool) -> LocalBoxFuture<'static, bool>;

/// A request that changes something.
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
            deployment.see_answer();
            Ok(read)
        }
        Err(error) => {
            let name = format!("GET {path}");
            Err(unexpected(deployment, &name, &answer, &error.to_string()))
        }
    }
}

/// A success that is not what the route answers with: of a deployment that has
/// answered before, a web page is the sign-in page of a proxy in front of it.
fn unexpected(deployment: &Deployment, name: &str, answer: &Answer, detail: &str) -> ApiError {
    let content_type = &answer.content_type;
    let error = ApiError::unreadable(name, answer.status, content_type, detail);
    if !ApiError::is_web_page(content_type) {
        return error;
    }
    deployment.see_web_page(answer.had_answered);
    if !answer.had_answered {
        return error;
    }
    ApiError {
        kind: ApiErrorKind::SignedOutAtProxy,
        ..error
    }
}
