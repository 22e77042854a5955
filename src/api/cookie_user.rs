use std::sync::Arc;

use external_auth_core::wire::User;
use external_auth_core::{ApiError, routes};

use super::Client;
use super::deployment::Deployment;
use super::get::get_soon;

impl Client {
    /// `GET /users/me` by the session cookie, also where a session token is set.
    /// Only for the page's own origin: the browser does not send the cookie
    /// elsewhere.
    ///
    /// # Errors
    ///
    /// When nobody is signed in by the cookie (`401`), no complete answer arrives
    /// in time, or it cannot be read.
    pub async fn user_of_cookie(&self) -> Result<User, ApiError> {
        // Without the token. What this answer says of the session and of a proxy
        // does not concern the token.
        let by_cookie = Deployment::new(Arc::clone(&self.deployment.base), None);
        get_soon(&by_cookie, routes::CURRENT_USER).await
    }
}
