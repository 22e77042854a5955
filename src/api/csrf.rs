use std::cell::RefCell;
use std::time::Duration;

use external_auth_core::{ApiError, ApiErrorKind, csrf_token};
use gloo_net::http::Method;

use super::request::{Abandoned, Call, send};

const TIMEOUT: Duration = Duration::from_secs(15);

/// The token that `POST` and `DELETE` need beside the session cookie.
#[derive(Debug, Default)]
pub(super) struct CsrfToken(RefCell<Option<String>>);

impl CsrfToken {
    /// The token: what is known already, else that of the page's own
    /// `<meta property="csrf-token">`, which a deployment puts into the pages
    /// that it serves itself, else that of the deployment's page.
    ///
    /// # Errors
    ///
    /// When there is no token to be had.
    pub(super) async fn get(&self, base: &str) -> Result<String, ApiError> {
        let known = self.0.borrow().clone();
        if let Some(token) = known.or_else(from_this_page) {
            self.0.replace(Some(token.clone()));
            return Ok(token);
        }
        self.renew(base).await
    }

    /// A fresh token, from the deployment's page.
    ///
    /// # Errors
    ///
    /// When there is no token to be had.
    pub(super) async fn renew(&self, base: &str) -> Result<String, ApiError> {
        let answer = send(Call {
            method: Method::GET,
            base,
            path: "/",
            csrf_token: None,
            json: None,
            timeout: Some(TIMEOUT),
            abandoned: Abandoned::Aborted,
        })
        .await?;
        let token = csrf_token(&answer.body).ok_or_else(|| {
            let detail = "the deployment's page holds no CSRF token";
            ApiError::new(ApiErrorKind::CsrfRefused, "GET /", detail)
        })?;
        self.0.replace(Some(token.clone()));
        Ok(token)
    }
}

fn from_this_page() -> Option<String> {
    leptos::prelude::document()
        .query_selector("meta[property=csrf-token]")
        .ok()??
        .get_attribute("content")
        .filter(|token| !token.is_empty())
}
