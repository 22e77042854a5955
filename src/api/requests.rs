use std::rc::Rc;

use external_auth_core::wire::ExternalAuthList;
use external_auth_core::{ApiError, routes};
use futures_util::future::LocalBoxFuture;
use wasm_bindgen::JsValue;

use super::client::LIST_NAME;
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
        let received = received.map_err(|error| unreachable(LIST_NAME, &error))?;
        // Nothing had answered, because nothing was asked before.
        let answer = answer_of(received, LIST_NAME, deployment, false)?;
        read_json(deployment, LIST_NAME, &answer.into_success(LIST_NAME)?)
    }
}
