use std::sync::Arc;

use axum::{
    extract::{FromRequestParts, Path},
    http::request::Parts,
    response::{IntoResponse, Response},
};

use crate::coder::{Coder, ConfiguredProvider, by_id::unknown_provider};

/// The provider of the id in the path.
///
/// # Errors
///
/// `404` when no provider of this id is configured.
impl FromRequestParts<Arc<Coder>> for ConfiguredProvider {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, coder: &Arc<Coder>) -> Result<Self, Response> {
        let Path(id) = Path::<String>::from_request_parts(parts, coder)
            .await
            .map_err(IntoResponse::into_response)?;
        let provider = coder.deployment().provider(&id).cloned();
        provider.ok_or_else(unknown_provider)
    }
}
