use std::sync::Arc;

use axum::{
    extract::FromRequestParts,
    http::{StatusCode, request::Parts},
    response::Response,
};

use crate::{
    answer,
    coder::{Coder, ConfiguredProvider},
};

/// The provider of the id in the path, which is linked by the device flow.
///
/// # Errors
///
/// `404` when no provider of this id is configured, `400` when it is not linked
/// by the device flow.
pub(crate) struct DeviceFlowProvider(pub(crate) ConfiguredProvider);

impl FromRequestParts<Arc<Coder>> for DeviceFlowProvider {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, coder: &Arc<Coder>) -> Result<Self, Response> {
        let provider = ConfiguredProvider::from_request_parts(parts, coder).await?;
        if !provider.wire.device {
            let message = "device flow not supported";
            return Err(answer::message(StatusCode::BAD_REQUEST, message, ""));
        }
        Ok(Self(provider))
    }
}
