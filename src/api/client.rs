use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use external_auth_core::wire::{BuildInfo, ExternalAuth, ExternalAuthList, Read, User, decode};
use external_auth_core::{ApiError, ApiErrorKind, Moment, routes};
use futures_util::future::{Either, select};
use gloo_net::http::Method;
use gloo_timers::future::TimeoutFuture;
use leptos::task::spawn_local;

use super::csrf::CsrfToken;
use super::deployment::Deployment;
use super::early_requests::{EarlyRequest, EarlyRequests};
use super::request::{Answer, Call, OnDrop, send};
use crate::platform::moment;
use crate::{Config, Secret};

/// To answer, the server refreshes and checks one link after another. Each
/// provider may take 10 s.
const LIST_TIMEOUT: Duration = Duration::from_mins(3);
const BY_ID_TIMEOUT: Duration = Duration::from_secs(30);

/// A client of the external authentication API. It uses the session cookie, or
/// the session token if the embedding page sets one.
pub struct Client {
    pub(super) deployment: Rc<Deployment>,
    pub(super) csrf_token: CsrfToken,
    early: RefCell<EarlyRequests>,
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
            early: RefCell::default(),
        }
    }

    /// Takes over requests that were sent for this client before the program
    /// ran. The next [`list`](Self::list) and the next
    /// [`current_user`](Self::current_user) wait for their answers and send
    /// nothing. To be called before the client sends anything.
    pub fn take_over(&self, early: EarlyRequests) {
        self.early.replace(early);
    }

    /// For how long the request that the next [`list`](Self::list) waits for
    /// has been running. Zero if it is not sent yet.
    pub(crate) fn list_age(&self) -> Duration {
        let early = self.early.borrow();
        early
            .list
            .as_ref()
            .map(EarlyRequest::age)
            .unwrap_or_default()
    }

    /// Whether the question who is signed in was sent beside the list, before the
    /// program ran.
    pub(crate) fn has_asked_for_user(&self) -> bool {
        self.early.borrow().user.is_some()
    }

    /// When the question was sent that the next
    /// [`current_user`](Self::current_user) waits for: now, if it is not sent
    /// yet. None if the page was hidden since then.
    pub(crate) fn current_user_sent_at(&self) -> Option<Moment> {
        let early = self.early.borrow();
        (early.user.as_ref()).map_or_else(|| Some(moment()), EarlyRequest::sent_in_sight)
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
    /// 180 s after it was sent this method stops waiting, and `take_late` gets
    /// the list if it still arrives. The caller must allow only one request at a time.
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
        let early = self.early.borrow_mut().list.take();
        let left = (early.as_ref()).map_or(LIST_TIMEOUT, |early| early.left_of(LIST_TIMEOUT));
        let left_ms = left.as_millis();
        let timeout = TimeoutFuture::new(u32::try_from(left_ms).unwrap_or(u32::MAX));
        let request =
            Box::pin(async move { get(&deployment, path, None, OnDrop::KeepRunning, early).await });
        match select(request, timeout).await {
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
                    &format!("waited {} s", LIST_TIMEOUT.as_secs()),
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
        let early = self.early.borrow_mut().user.take();
        let timeout = Some(BY_ID_TIMEOUT);
        get(&self.deployment, path, timeout, OnDrop::Abort, early).await
    }

    /// `GET /buildinfo`: the deployment's access URL. Needs no session.
    ///
    /// # Errors
    ///
    /// When no complete answer arrives in time, or it cannot be read.
    pub async fn build_info(&self) -> Result<BuildInfo, ApiError> {
        let path = routes::BUILD_INFO;
        self.read(path).await
    }

    /// `GET /external-auth/{id}`: checks one provider live. Dropping the future
    /// aborts the request.
    ///
    /// # Errors
    ///
    /// When no complete answer arrives in time, or it cannot be read.
    pub async fn external_auth(&self, id: &str) -> Result<ExternalAuth, ApiError> {
        let path = routes::external_auth_by_id(id);
        self.read(&path).await
    }

    /// Sends a `GET` that is answered soon, and reads its JSON. Dropping the future
    /// aborts the request.
    ///
    /// # Errors
    ///
    /// When no complete answer arrives in time, or it cannot be read.
    pub(super) fn read<T: Read>(&self, path: &str) -> impl Future<Output = Result<T, ApiError>> {
        get_soon(&self.deployment, path)
    }
}

/// Sends a `GET` that is answered soon, and reads its JSON. Dropping the future
/// aborts the request.
///
/// # Errors
///
/// When no complete answer arrives in time, or it cannot be read.
pub(super) fn get_soon<T: Read>(
    deployment: &Deployment,
    path: &str,
) -> impl Future<Output = Result<T, ApiError>> {
    let timeout = Some(BY_ID_TIMEOUT);
    get(deployment, path, timeout, OnDrop::Abort, None)
}

/// Sends a `GET`, unless it was sent early, and reads its JSON.
///
/// # Errors
///
/// When no complete answer arrives in time, or it cannot be read.
async fn get<T: Read>(
    deployment: &Deployment,
    path: &str,
    timeout: Option<Duration>,
    on_drop: OnDrop,
    early: Option<EarlyRequest>,
) -> Result<T, ApiError> {
    let answer = send(Call {
        method: Method::GET,
        deployment,
        path,
        csrf_token: None,
        json: None,
        timeout,
        on_drop,
        early,
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
pub(super) fn unexpected(
    deployment: &Deployment,
    name: &str,
    answer: &Answer,
    detail: &str,
) -> ApiError {
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
