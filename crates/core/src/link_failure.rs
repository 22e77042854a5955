use crate::{PermanentFailure, TransientFailure};

/// Why the list says that a link is not authenticated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkFailure {
    /// Whether the link works is not known at the moment.
    Transient(TransientFailure),
    /// The link is known to be broken.
    Permanent(PermanentFailure),
}
