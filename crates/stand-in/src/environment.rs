use std::sync::Arc;

use crate::{clock::Clock, fault::Faults, network::Connections, origins::Origins};

/// What the deployment and the providers share: time, addresses, the faults that a
/// test has armed, and whether connections are accepted. Neither of them knows the
/// state of the other.
#[derive(Debug)]
pub(crate) struct Environment {
    pub(crate) clock: Clock,
    pub(crate) origins: Origins,
    pub(crate) faults: Faults,
    pub(crate) connections: Arc<Connections>,
}

impl Environment {
    /// The machine's time, and no faults.
    pub(crate) fn new(origins: Origins) -> Self {
        Self {
            clock: Clock::default(),
            origins,
            faults: Faults::default(),
            connections: Arc::default(),
        }
    }
}
