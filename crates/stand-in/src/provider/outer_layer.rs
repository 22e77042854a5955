use std::sync::Arc;

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};

use super::Providers;
use crate::{fault::Origin, http_date::put_date};

/// Around every handler of the providers' origin: applies faults, and dates the
/// answer.
pub(super) async fn outer_layer(
    State(providers): State<Arc<Providers>>,
    request: Request,
    next: Next,
) -> Response {
    let environment = &providers.environment;
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let mut response = environment
        .faults
        .answer(Origin::Provider, &method, &path, next.run(request))
        .await
        // A fault of the providers' origin resets no connection.
        .unwrap_or_default();
    put_date(&mut response, environment.clock.now());
    response
}
