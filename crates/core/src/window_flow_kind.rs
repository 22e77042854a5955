use crate::{LinkHealth, LinkSnapshot};

/// The purpose of a redirect flow, which decides how its success is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WindowFlowKind {
    /// There is no link yet. Success is found live, by id, which is cheap.
    NewLink,
    /// There is a link, which may look the same before and after. Success is
    /// found in the list, which is expensive and never read automatically.
    Reauthentication,
}

impl WindowFlowKind {
    /// The kind of a flow that starts with this link.
    #[must_use]
    pub fn of(before: &LinkSnapshot) -> Self {
        if before.health == LinkHealth::Absent {
            Self::NewLink
        } else {
            Self::Reauthentication
        }
    }
}
