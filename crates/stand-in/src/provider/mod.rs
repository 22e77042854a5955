//! The OAuth 2.0 providers: authorization servers with a user API, on one
//! origin. Each is a service below its own path.
//!
//! They know nothing of the deployment's state: it is a client, which they know
//! by its id and its redirect URI.

mod account_choices;
mod applications;
mod authorization_code;
mod authorize;
mod behaviour;
mod client;
mod client_auth;
mod consent;
mod device;
mod device_code;
mod extract;
mod installations;
mod oauth_error;
mod outer_layer;
mod pages;
mod refresh;
mod revocation;
mod router;
mod service;
mod service_handle;
mod services;
mod token;
mod token_endpoint;
mod token_status;
mod user;

use std::sync::{Arc, Mutex, MutexGuard};

pub(crate) use behaviour::{
    Behaviour, ConsentPage, DeviceCodeAnswer, DeviceErrors, ERROR_PAGE, OpenerPolicy, Refresh,
    Revoke, Validate,
};
pub(crate) use client::Client;
pub(crate) use router::router;
pub(crate) use service::Service;
pub(crate) use service_handle::ServiceHandle;
pub(crate) use services::Services;
pub(crate) use token::Token;
pub(crate) use token_status::TokenStatus;

use crate::{environment::Environment, lock::lock};

/// The state of the providers' handlers.
#[derive(Debug)]
pub(crate) struct Providers {
    environment: Arc<Environment>,
    services: Mutex<Services>,
}

impl Providers {
    /// An origin without services.
    pub(crate) fn new(environment: Arc<Environment>) -> Self {
        Self {
            environment,
            services: Mutex::default(),
        }
    }

    /// The services, locked.
    pub(crate) fn services(&self) -> MutexGuard<'_, Services> {
        lock(&self.services)
    }

    /// The providers' origin.
    fn origin(&self) -> &str {
        &self.environment.origins.provider
    }
}
