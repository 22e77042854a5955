use std::sync::Arc;
use std::time::Duration;

use external_auth_core::wire::{ExternalAuth, ExternalAuthList, decode};
use external_auth_core::{ApiError, ApiErrorKind, RevocationOutcome, routes};
use gloo_net::http::Method;
use serde::de::DeserializeOwned;

use super::csrf::CsrfToken;
use super::request::{Abandoned, Answer, Call, send};

/// The list refreshes and checks link after link at the providers, each of
/// which may take 10 s.
const LIST_TIMEOUT: Duration = Duration::from_secs(180);
const BY_ID_TIMEOUT: Duration = Duration::from_secs(30);
/// A provider gets 10 s to answer a revocation.
const UNLINK_TIMEOUT: Duration = Duration::from_secs(30);

/// A client of the external authentication API, by session cookie.
#[derive(Debug)]
pub struct Client {
    base: Arc<str>,
    csrf_token: CsrfToken,
}

impl Client {
    /// A client of the deployment at the origin `base`; empty is the page's own.
    #[must_use]
    pub fn new(base: Arc<str>) -> Self {
        Self {
            base,
            csrf_token: CsrfToken::default(),
        }
    }

    /// `GET /external-auth`: what is configured and what is linked.
    ///
    /// The server refreshes tokens while it answers, and a refresh token that
    /// works once is lost when it is interrupted: so the request is never
    /// aborted. Callers see to it that it never overlaps.
    ///
    /// # Errors
    ///
    /// When no whole answer comes in time, and when it cannot be read.
    pub async fn list(&self) -> Result<ExternalAuthList, ApiError> {
        self.get(routes::EXTERNAL_AUTH, LIST_TIMEOUT, Abandoned::LeftRunning)
            .await
    }

    /// `GET /external-auth/{id}`: one provider, asked live. Dropping the
    /// future aborts the request.
    ///
    /// # Errors
    ///
    /// When no whole answer comes in time, and when it cannot be read.
    pub async fn external_auth(&self, id: &str) -> Result<ExternalAuth, ApiError> {
        let path = routes::external_auth_by_id(id);
        self.get(&path, BY_ID_TIMEOUT, Abandoned::Aborted).await
    }

    /// `DELETE /external-auth/{id}`: removes the link, and says what became of
    /// the token. `supports_revocation` is the list's word on the provider.
    ///
    /// # Errors
    ///
    /// When the link was not removed, and when that is not known: after
    /// [`ApiErrorKind::TimedOut`] and [`ApiErrorKind::Unreachable`].
    pub async fn unlink(
        &self,
        id: &str,
        supports_revocation: bool,
    ) -> Result<RevocationOutcome, ApiError> {
        let path = routes::external_auth_by_id(id);
        let token = self.csrf_token.get(&self.base).await?;
        let answer = match self.delete(&path, &token).await {
            Err(error) if error.kind == ApiErrorKind::CsrfRefused => {
                let token = self.csrf_token.renew(&self.base).await?;
                self.delete(&path, &token).await
            }
            other => other,
        }?;
        Ok(RevocationOutcome::of(&answer.body, supports_revocation))
    }

    async fn delete(&self, path: &str, csrf_token: &str) -> Result<Answer, ApiError> {
        send(Call {
            method: Method::DELETE,
            base: &self.base,
            path,
            csrf_token: Some(csrf_token),
            timeout: UNLINK_TIMEOUT,
            // Half an unlink is no help: it goes on when the page is left.
            abandoned: Abandoned::LeftRunning,
        })
        .await
    }

    async fn get<T: DeserializeOwned>(
        &self,
        path: &str,
        timeout: Duration,
        abandoned: Abandoned,
    ) -> Result<T, ApiError> {
        let answer = send(Call {
            method: Method::GET,
            base: &self.base,
            path,
            csrf_token: None,
            timeout,
            abandoned,
        })
        .await?;
        decode(&answer.body).map_err(|error| {
            let Answer {
                status,
                content_type,
                ..
            } = &answer;
            ApiError::unreadable(
                &format!("GET {path}"),
                *status,
                content_type,
                &error.to_string(),
            )
        })
    }
}
