//! The Coder deployment: the external authentication API, sessions, the
//! redirect flow, and the deployment's pages.
//!
//! It knows nothing of the providers' state, and asks them by HTTP requests.

mod account;
mod by_id;
mod callback;
mod configured_provider;
mod csrf;
mod deployment;
mod device;
mod extract;
mod icons;
mod list;
mod outer_layer;
mod pages;
mod policy;
mod provider_answer;
mod provider_client;
mod rate_limit;
mod refresh;
mod revocation_style;
mod router;
mod session;
mod sessions;
mod shared_refresh;
mod static_files;
mod stored_link;
mod token_response;
mod unlink;
mod user;
mod validate;

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard},
};

pub(crate) use configured_provider::ConfiguredProvider;
pub(crate) use deployment::Deployment;
pub(crate) use extract::Visit;
pub(crate) use icons::{DEFAULT_ICON, icon};
pub(crate) use pages::not_found_page;
pub(crate) use policy::{
    put_on_gallery as put_gallery_policy, put_without_wasm as put_policy_without_wasm,
};
pub(crate) use provider_client::ProviderClient;
pub(crate) use revocation_style::RevocationStyle;
pub(crate) use router::router;
pub(crate) use session::FIRST_USER;
pub(crate) use static_files::page_with_head;
pub(crate) use stored_link::StoredLink;
pub(crate) use user::User;

use crate::{clock::Clock, environment::Environment, lock::lock, request_log::RequestLog};

/// The state of the deployment's handlers.
#[derive(Debug)]
pub(crate) struct Coder {
    environment: Arc<Environment>,
    pub(crate) log: RequestLog,
    provider: ProviderClient,
    /// The folder of the page. Files are read for each request.
    page: PathBuf,
    /// The folder of the custom elements, if there is one.
    elements: Option<PathBuf>,
    deployment: Mutex<Deployment>,
}

impl Coder {
    /// A deployment without users and providers.
    pub(crate) fn new(
        environment: Arc<Environment>,
        provider: ProviderClient,
        page: PathBuf,
        elements: Option<PathBuf>,
    ) -> Self {
        Self {
            environment,
            log: RequestLog::default(),
            provider,
            page,
            elements,
            deployment: Mutex::default(),
        }
    }

    /// What the deployment keeps, locked.
    pub(crate) fn deployment(&self) -> MutexGuard<'_, Deployment> {
        lock(&self.deployment)
    }

    /// The clock.
    pub(crate) fn clock(&self) -> &Clock {
        &self.environment.clock
    }

    /// The deployment's origin, which is its access URL.
    pub(crate) fn access_url(&self) -> &str {
        &self.environment.origins.deployment
    }
}
