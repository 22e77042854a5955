use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use external_auth_core::{ApiError, ApiErrorKind, csrf_token};
use gloo_net::http::Method;

use super::SingleFlight;
use super::deployment::Deployment;
use super::request::{Call, OnDrop, send};
use crate::Secret;

const TIMEOUT: Duration = Duration::from_secs(15);

/// The CSRF token that `POST` and `DELETE` need beside the session cookie.
pub(super) struct CsrfToken {
    known: Rc<RefCell<Option<String>>>,
    fetching: SingleFlight<Result<String, ApiError>>,
}

impl CsrfToken {
    /// Starts with the token that the embedding page sets, if there is one.
    pub(super) fn new(given: Option<&Secret>) -> Self {
        let known = given.map(|token| token.expose().to_owned());
        Self {
            known: Rc::new(RefCell::new(known)),
            fetching: SingleFlight::default(),
        }
    }

    /// Sets the token that an embedding page provides later.
    pub(super) fn set(&self, given: &Secret) {
        self.known.replace(Some(given.expose().to_owned()));
    }

    /// The token, if it is known: from the embedding page, from an earlier
    /// fetch, or from this page's `<meta property="csrf-token">`, which a
    /// deployment puts into the pages that it serves. Such a page is on the
    /// deployment's own origin: to another origin, its token is not sent.
    pub(super) fn known(&self, deployment: &Deployment) -> Option<String> {
        let known = self.known.borrow().clone();
        let token = known.or_else(|| from_this_page(deployment))?;
        self.known.replace(Some(token.clone()));
        Some(token)
    }

    /// Fetches a new token from the deployment's page. Callers that come while
    /// the request runs share its result.
    ///
    /// # Errors
    ///
    /// When the page cannot be loaded, or has no token.
    pub(super) async fn renew(&self, deployment: &Rc<Deployment>) -> Result<String, ApiError> {
        let fetched = self.fetching.join(|| {
            let deployment = Rc::clone(deployment);
            let known = Rc::clone(&self.known);
            Box::pin(async move {
                let token = fetch(&deployment).await?;
                known.replace(Some(token.clone()));
                Ok(token)
            })
        });
        fetched.await
    }
}

async fn fetch(deployment: &Deployment) -> Result<String, ApiError> {
    let answer = send(Call {
        method: Method::GET,
        deployment,
        path: "/",
        csrf_token: None,
        json: None,
        timeout: Some(TIMEOUT),
        on_drop: OnDrop::Abort,
        early: None,
    })
    .await?;
    csrf_token(&answer.body).ok_or_else(|| {
        let detail = "the deployment's page holds no CSRF token";
        ApiError::new(ApiErrorKind::CsrfRefused, "GET /", detail)
    })
}

fn from_this_page(deployment: &Deployment) -> Option<String> {
    if !deployment.is_own_origin() {
        return None;
    }
    leptos::prelude::document()
        .query_selector("meta[property=csrf-token]")
        .ok()??
        .get_attribute("content")
        .filter(|token| !token.is_empty())
}
