use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};

use super::{Coder, by_id::unknown_provider};
use crate::answer;

/// `GET` and `POST /api/v2/external-auth/{id}/device` (RFC 8628): not yet.
///
/// What is here already is [`wire.device`](super::ConfiguredProvider), the
/// clock to wait on, and the provider's accounts; what comes is a device code
/// beside the authorization codes of the provider's services.
pub(super) async fn not_supported(
    State(coder): State<Arc<Coder>>,
    Path(id): Path<String>,
) -> Response {
    if coder.shared.deployment().provider(&id).is_none() {
        return unknown_provider();
    }
    answer::message(StatusCode::BAD_REQUEST, "device flow not supported", "")
}
