use crate::{clock::Clock, fault::Faults, origins::Origins};

/// What the deployment and the providers share: time, addresses, and the
/// faults that a test has armed. Neither of them knows the state of the other.
#[derive(Debug)]
pub(crate) struct Environment {
    pub(crate) clock: Clock,
    pub(crate) origins: Origins,
    pub(crate) faults: Faults,
}

impl Environment {
    /// The machine's time, and no faults.
    pub(crate) fn new(origins: Origins) -> Self {
        Self {
            clock: Clock::default(),
            origins,
            faults: Faults::default(),
        }
    }
}
