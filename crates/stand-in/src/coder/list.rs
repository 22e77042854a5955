use std::sync::Arc;

use axum::{extract::State, http::StatusCode, response::Response};

use super::{
    Coder,
    extract::Caller,
    refresh::{LIMIT_MS, refresh},
    validate::{Validation, validate},
};
use crate::{
    answer,
    wire::{ExternalAuthList, Link},
};

/// `GET /api/v2/external-auth`: refreshes what has expired and validates every
/// link, one after the other.
pub(super) async fn list(State(coder): State<Arc<Coder>>, caller: Caller) -> Response {
    let ids = coder.deployment().linked_ids(&caller.user);
    let mut links = Vec::with_capacity(ids.len());
    for id in ids {
        links.extend(check(&coder, &caller.user, &id).await);
    }
    let providers = coder
        .deployment()
        .providers
        .iter()
        .map(|provider| provider.wire.clone())
        .collect();
    answer::json(StatusCode::OK, &ExternalAuthList { providers, links })
}

/// A link, refreshed and validated; none when it was removed in the meantime.
async fn check(coder: &Arc<Coder>, user: &str, id: &str) -> Option<Link> {
    let (stored, provider) = {
        let deployment = coder.deployment();
        (
            deployment.link(user, id)?.clone(),
            deployment.provider(id).cloned(),
        )
    };
    let as_before = stored.to_wire(id);
    // An orphan has no provider to ask, and no error.
    let Some(provider) = provider else {
        return Some(as_before);
    };
    let deadline = coder.clock().now().plus_ms(LIMIT_MS);
    let renewed = match refresh(coder, user, &provider, stored).await {
        Ok(renewed) => renewed,
        // Expiry and refresh token are those from before the attempt.
        Err(validate_error) => {
            return Some(Link {
                validate_error,
                ..as_before
            });
        }
    };
    let asked = validate(coder, &provider, &renewed.access_token);
    let validation = match coder.clock().before(deadline, asked).await {
        Some(validation) => validation,
        None => Validation::Failed(format!(
            "Get {:?}: context deadline exceeded",
            coder.provider.url(&provider, "user")
        )),
    };
    let (authenticated, validate_error) = match validation {
        Validation::Valid(_) => (true, String::new()),
        Validation::Invalid => (false, "token failed to validate".to_owned()),
        Validation::Failed(reason) => (false, format!("validate external auth token: {reason}")),
    };
    Some(Link {
        authenticated,
        validate_error,
        ..renewed.to_wire(id)
    })
}
