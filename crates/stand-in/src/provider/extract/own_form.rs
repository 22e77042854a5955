use axum::{
    extract::FromRequestParts,
    http::{StatusCode, request::Parts},
    response::Response,
};

use crate::provider::pages;

/// Proof that one of the provider's own pages sent the form.
///
/// # Errors
///
/// `403` when the browser says that another site sent it.
pub(in crate::provider) struct OwnForm;

impl<S: Send + Sync> FromRequestParts<S> for OwnForm {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Response> {
        match parts.headers.get("sec-fetch-site") {
            Some(site) if site != "same-origin" => Err(pages::problem(
                StatusCode::FORBIDDEN,
                "This form was sent by another site. Open the page again.",
            )),
            _ => Ok(Self),
        }
    }
}
