use std::rc::Rc;

use external_auth_core::wire::ExternalAuthList;
use external_auth_core::{ApiError, routes};
use futures_util::future::LocalBoxFuture;
use gloo_net::http::Method;
use wasm_bindgen::JsValue;

use super::deployment::Deployment;
use super::get::{get, read_json};
use super::received::Received;
use super::request::{OnDrop, answer_of, unreachable};
use crate::chunk::declare_chunk;

declare_chunk! {
    /// Sends requests. The first list needs it only where it was not sent before
    /// the program ran, or has failed.
    REQUESTS, later::requests: dyn Requests = &RequestsByFetch
}

/// What the first part of the program needs of requests.
pub(crate) trait Requests {
    /// Asks for the list. The request is never aborted.
    fn list(
        &self,
        deployment: Rc<Deployment>,
    ) -> LocalBoxFuture<'static, Result<ExternalAuthList, ApiError>>;

    /// Reads an answer to the request for the list that is not simply a list:
    /// says why there is none.
    ///
    /// # Errors
    ///
    /// When there is no answer, or it is not a list.
    fn read_list(
        &self,
        deployment: &Deployment,
        received: Result<Received, JsValue>,
    ) -> Result<ExternalAuthList, ApiError>;
}

struct RequestsByFetch;

impl Requests for RequestsByFetch {
    fn list(
        &self,
        deployment: Rc<Deployment>,
    ) -> LocalBoxFuture<'static, Result<ExternalAuthList, ApiError>> {
        Box::pin(async move {
            let path = routes::EXTERNAL_AUTH;
            get(&deployment, path, None, OnDrop::KeepRunning, None).await
        })
    }

    fn read_list(
        &self,
        deployment: &Deployment,
        received: Result<Received, JsValue>,
    ) -> Result<ExternalAuthList, ApiError> {
        let path = routes::EXTERNAL_AUTH;
        let name = format!("{} {path}", Method::GET);
        let received = received.map_err(|error| unreachable(&name, &error))?;
        // Nothing had answered, because nothing was asked before.
        let answer = answer_of(received, &name, deployment, false)?;
        read_json(deployment, &name, &answer.into_success(&name)?)
    }
}
