use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use external_auth_core::wire::{BuildInfo, ExternalAuth, ExternalAuthList, Read, User};
use external_auth_core::{ApiError, ApiErrorKind, MAX_LIST_BYTES, Moment, routes};
use futures_util::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use leptos::task::spawn_local;

use super::csrf::CsrfToken;
use super::deployment::Deployment;
use super::early_requests::{EarlyRequest, EarlyRequests};
use super::get::{SOON, get, get_soon};
use super::request::OnDrop;
use super::requests::REQUESTS;
use crate::chunk::Chunk;
use crate::platform::moment;
use crate::{Config, Secret};

/// To answer, the server refreshes and checks one link after another. Each
/// provider may take 10 s.
const LIST_TIMEOUT: Duration = Duration::from_mins(3);
/// The name of the request for the list in errors.
pub(super) const LIST_NAME: &str = "GET /api/v2/external-auth";

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
        let early = self.early.borrow_mut().list.take();
        let left = (early.as_ref()).map_or(LIST_TIMEOUT, |early| early.left_of(LIST_TIMEOUT));
        let left_ms = left.as_millis();
        let timeout = TimeoutFuture::new(u32::try_from(left_ms).unwrap_or(u32::MAX));
        let request = Box::pin(list_of(Rc::clone(&self.deployment), early));
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
                    LIST_NAME,
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
        get(&self.deployment, path, Some(SOON), OnDrop::Abort, early).await
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

/// The list: the answer to a request that was sent before the program ran, or to
/// a new one.
///
/// # Errors
///
/// When no complete answer arrives, it cannot be read, or the code that sends
/// requests or reads a failure cannot be fetched.
async fn list_of(
    deployment: Rc<Deployment>,
    early: Option<EarlyRequest>,
) -> Result<ExternalAuthList, ApiError> {
    let received = match early {
        Some(early) => Some(early.received(&deployment, MAX_LIST_BYTES).await),
        None => None,
    };
    // An answer that is a list needs nothing of the later part.
    if let Some(Ok(received)) = &received
        && let Some(list) = received.expected()
    {
        deployment.record_answer();
        return Ok(list);
    }
    let Ok(requests) = Chunk::fetched(&REQUESTS).await else {
        let detail = "a part of the program could not be fetched";
        return Err(ApiError::new(ApiErrorKind::Unreachable, LIST_NAME, detail));
    };
    match received {
        Some(received) => requests.read_list(&deployment, received),
        None => requests.list(deployment).await,
    }
}
