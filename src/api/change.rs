use std::time::Duration;

use external_auth_core::{ApiError, is_about_csrf};
use futures_util::future::LocalBoxFuture;
use gloo_net::http::Method;

use super::Client;
use super::request::{Answer, Call, OnDrop, send_any};

/// Decides right before a change is sent whether it may be sent. The argument
/// is true if the CSRF token was fetched just now. The token then belongs to
/// the person who is signed in now, so the change would be made for that
/// person.
pub type MaySend<'a> = &'a dyn Fn(bool) -> LocalBoxFuture<'static, bool>;

/// A request that changes something at the deployment.
pub(super) struct Change<'a> {
    pub(super) method: Method,
    pub(super) path: &'a str,
    pub(super) json: Option<&'a str>,
    pub(super) timeout: Duration,
    pub(super) on_drop: OnDrop,
}

impl Client {
    /// Sends a change. If the deployment refuses the CSRF token, fetches a new
    /// one and sends the change once more. Returns none if `may_send` refuses.
    pub(super) async fn change(
        &self,
        change: Change<'_>,
        may_send: MaySend<'_>,
    ) -> Option<Result<Answer, ApiError>> {
        // Only a request with the session cookie needs a CSRF token: another
        // site cannot send the header of a session token.
        let by_cookie = self.deployment.session_token.is_none();
        let known = self
            .csrf_token
            .known(&self.deployment)
            .filter(|_| by_cookie);
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
                early: None,
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
