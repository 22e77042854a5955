use std::collections::BTreeMap;

use super::{Service, ServiceHandle};

/// All services, by id.
#[derive(Debug, Default)]
pub(crate) struct Services(BTreeMap<String, ServiceHandle>);

impl Services {
    /// The service of that id.
    pub(crate) fn get(&self, id: &str) -> Option<&ServiceHandle> {
        self.0.get(id)
    }

    /// All services, ordered by id.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &ServiceHandle> {
        self.0.values()
    }

    /// Adds a service, or replaces the one of its id.
    pub(crate) fn insert(&mut self, service: Service) {
        let id = service.id.clone();
        self.0.insert(id, ServiceHandle::new(service));
    }
}
