use crate::{LinkHealth, LinkSnapshot};

/// What a redirect flow is for, which decides how its success is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WindowFlowKind {
    /// There is no link yet. Success is found live, by id, which is cheap.
    NewLink,
    /// There is one, which may look the same before and after. Success is found
    /// in the list, which is expensive: it is never read by itself.
    Reauthentication,
}

impl WindowFlowKind {
    /// The kind of a flow that begins with this link.
    #[must_use]
    pub fn of(before: &LinkSnapshot) -> Self {
        if before.health == LinkHealth::Absent {
            Self::NewLink
        } else {
            Self::Reauthentication
        }
    }
}
