use std::{collections::HashMap, sync::Arc};

use axum::{
    extract::{FromRequestParts, Path},
    http::request::Parts,
    response::{IntoResponse, Response},
};

use crate::provider::{Providers, ServiceHandle, pages};

/// The service that the path begins with.
///
/// # Errors
///
/// `404` when there is no service of this id.
impl FromRequestParts<Arc<Providers>> for ServiceHandle {
    type Rejection = Response;

    async fn from_request_parts(
        parts: &mut Parts,
        providers: &Arc<Providers>,
    ) -> Result<Self, Response> {
        let Path(path) = Path::<HashMap<String, String>>::from_request_parts(parts, providers)
            .await
            .map_err(IntoResponse::into_response)?;
        let id = path.get("service").map(String::as_str).unwrap_or_default();
        let service = providers.services().get(id).cloned();
        service.ok_or_else(|| pages::no_such_service(id))
    }
}
