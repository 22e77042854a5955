use std::sync::{Arc, Mutex, MutexGuard};

use super::Service;
use crate::lock::lock;

/// A service that several requests share.
#[derive(Debug, Clone)]
pub(crate) struct ServiceHandle(Arc<Mutex<Service>>);

impl ServiceHandle {
    /// A handle to a new service.
    pub(crate) fn new(service: Service) -> Self {
        Self(Arc::new(Mutex::new(service)))
    }

    /// The service, locked.
    pub(crate) fn lock(&self) -> MutexGuard<'_, Service> {
        lock(&self.0)
    }
}
