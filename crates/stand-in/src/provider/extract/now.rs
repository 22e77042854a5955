use std::{convert::Infallible, sync::Arc};

use axum::{extract::FromRequestParts, http::request::Parts};
use external_auth_core::Timestamp;

use crate::provider::Providers;

/// The instant of the request.
pub(in crate::provider) struct Now(pub(in crate::provider) Timestamp);

impl FromRequestParts<Arc<Providers>> for Now {
    type Rejection = Infallible;

    async fn from_request_parts(
        _: &mut Parts,
        providers: &Arc<Providers>,
    ) -> Result<Self, Infallible> {
        Ok(Self(providers.environment.clock.now()))
    }
}
