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

/// The token that `POST` and `DELETE` need beside the session cookie.
pub(super) struct CsrfToken {
    known: Rc<RefCell<Option<String>>>,
    fetching: SingleFlight<Result<String, ApiError>>,
}

impl CsrfToken {
    /// With the token that an embedding page gives, if it does.
    pub(super) fn new(given: Option<&Secret>) -> Self {
        let known = given.map(|token| token.expose().to_owned());
        Self {
            known: Rc::new(RefCell::new(known)),
            fetching: SingleFlight::default(),
        }
    }

    /// Takes a token that an embedding page gives later.
    pub(super) fn set(&self, given: &Secret) {
        self.known.replace(Some(given.expose().to_owned()));
    }

    /// The token that is known: an embedding page's, one that was fetched, or
    /// that of the page's own `<meta property="csrf-token">`, which a deployment
    /// puts into the pages that it serves itself.
    pub(super) fn known(&self) -> Option<String> {
        let known = self.known.borrow().clone();
        let token = known.or_else(from_this_page)?;
        self.known.replace(Some(token.clone()));
        Some(token)
    }

    /// A fresh token, from the deployment's page; fetched once for all who need
    /// it at the same time.
    ///
    /// # Errors
    ///
    /// When there is no token to be had.
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
    })
    .await?;
    csrf_token(&answer.body).ok_or_else(|| {
        let detail = "the deployment's page holds no CSRF token";
        ApiError::new(ApiErrorKind::CsrfRefused, "GET /", detail)
    })
}

fn from_this_page() -> Option<String> {
    leptos::prelude::document()
        .query_selector("meta[property=csrf-token]")
        .ok()??
        .get_attribute("content")
        .filter(|token| !token.is_empty())
}
