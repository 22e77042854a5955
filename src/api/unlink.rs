use std::time::Duration;

use external_auth_core::{ApiError, BeforeUnlink, RevocationOutcome, routes};
use gloo_net::http::Method;

use super::Client;
use super::change::{Change, MaySend};
use super::get::unexpected;
use super::request::OnDrop;

/// The server waits up to 10 s for a provider to answer a revocation.
const UNLINK_TIMEOUT: Duration = Duration::from_secs(30);

impl Client {
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
}
