use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Method, Request, header},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::json;
use tower_service::Service;

use super::{ConfiguredProvider, provider_answer::ProviderAnswer};
use crate::form::Form;

/// The deployment's HTTP client for the providers. It sends requests to the
/// providers' router, without a socket.
///
/// A request that is dropped stops, as one whose connection is closed. What the
/// provider has done by then stays.
#[derive(Debug, Clone)]
pub(crate) struct ProviderClient {
    router: Router,
    origin: String,
}

impl ProviderClient {
    /// A client for the router that is served at that origin.
    pub(crate) fn new(router: Router, origin: String) -> Self {
        Self { router, origin }
    }

    /// The URL of a provider's endpoint.
    pub(crate) fn url(&self, provider: &ConfiguredProvider, path: &str) -> String {
        format!("{}/{}/{path}", self.origin, provider.wire.id)
    }

    /// `POST` of a form, with the client's id and secret added.
    pub(crate) async fn post_form(
        &self,
        provider: &ConfiguredProvider,
        path: &str,
        form: Form,
    ) -> Result<ProviderAnswer, String> {
        let form = form
            .with("client_id", provider.client_id.as_str())
            .with("client_secret", provider.client_secret.as_str());
        let request = Request::builder()
            .method(Method::POST)
            .uri(self.url(provider, path))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(form.encode()));
        self.send(request).await
    }

    /// `POST` with all parameters in the query, as Coder does in the device flow.
    /// An error contains the whole URL.
    pub(crate) async fn post_query(
        &self,
        provider: &ConfiguredProvider,
        path: &str,
        query: &Form,
    ) -> Result<ProviderAnswer, String> {
        let url = format!("{}?{}", self.url(provider, path), query.encode());
        let request = Request::builder()
            .method(Method::POST)
            .uri(url.as_str())
            .header(header::ACCEPT, "application/json")
            .body(Body::empty());
        self.send(request)
            .await
            .map_err(|reason| format!("Post {url:?}: {reason}"))
    }

    /// `GET` with the user's access token.
    pub(crate) async fn get(
        &self,
        provider: &ConfiguredProvider,
        path: &str,
        access_token: &str,
    ) -> Result<ProviderAnswer, String> {
        let request = Request::builder()
            .uri(self.url(provider, path))
            .header(header::AUTHORIZATION, format!("Bearer {access_token}"))
            .body(Body::empty());
        self.send(request).await
    }

    /// `DELETE` of the grant of an access token (GitHub's API).
    pub(crate) async fn delete_grant(
        &self,
        provider: &ConfiguredProvider,
        access_token: &str,
    ) -> Result<ProviderAnswer, String> {
        let path = format!("applications/{}/grant", provider.client_id);
        let credentials =
            STANDARD.encode(format!("{}:{}", provider.client_id, provider.client_secret));
        let request = Request::builder()
            .method(Method::DELETE)
            .uri(self.url(provider, &path))
            .header(header::AUTHORIZATION, format!("Basic {credentials}"))
            .body(Body::from(
                json!({ "access_token": access_token }).to_string(),
            ));
        self.send(request).await
    }

    async fn send(
        &self,
        request: axum::http::Result<Request<Body>>,
    ) -> Result<ProviderAnswer, String> {
        let mut request = request.map_err(|error| error.to_string())?;
        // A request over a socket has no origin in its target.
        if let Some(path_and_query) = request.uri().path_and_query().cloned() {
            *request.uri_mut() = path_and_query.into();
        }
        // A router is always ready, so the call needs no poll before it.
        let Ok(response) = self.router.clone().call(request).await;
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX)
            .await
            .map_err(|_| "unexpected EOF".to_owned())?;
        Ok(ProviderAnswer {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&body).into_owned(),
        })
    }
}
