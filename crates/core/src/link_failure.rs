use crate::{PermanentFailure, TransientFailure};

/// Why the list says that a link is not authenticated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkFailure {
    /// It is not known at the moment whether the link works.
    Transient(TransientFailure),
    /// The link is known to be broken.
    Permanent(PermanentFailure),
}
