use std::{convert::Infallible, sync::Arc};

use axum::{
    extract::FromRequestParts,
    http::{HeaderValue, header, request::Parts},
    response::{IntoResponseParts, ResponseParts},
};

use crate::coder::{Coder, session};

/// The `Set-Cookie` of the session that a first visit opens; none for any other
/// request. Put it on the answer: `(cookie, response)`.
#[derive(Debug)]
#[must_use = "without the cookie the browser is not signed in"]
pub(crate) struct NewSessionCookie(pub(crate) Option<String>);

impl FromRequestParts<Arc<Coder>> for NewSessionCookie {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, coder: &Arc<Coder>) -> Result<Self, Infallible> {
        Ok(session::sign_in_first_visit(coder, &parts.headers))
    }
}

impl IntoResponseParts for NewSessionCookie {
    type Error = Infallible;

    fn into_response_parts(self, mut response: ResponseParts) -> Result<ResponseParts, Infallible> {
        if let Some(cookie) = self.0
            && let Ok(value) = HeaderValue::try_from(cookie)
        {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
        Ok(response)
    }
}
