use crate::limits::MAX_INSTALLATIONS;

/// How many installations Coder requests from a provider. It requests one page
/// only.
const FIRST_PAGE: usize = 30;

/// For how many accounts an app is installed, as far as the answer shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InstallationCount {
    /// All of them are listed.
    Exactly(usize),
    /// The list is full, so there may be more.
    AtLeast(usize),
}

impl InstallationCount {
    /// The count for an answer of `GET /external-auth/{id}` with `listed`
    /// installations.
    #[must_use]
    pub const fn of(listed: usize) -> Self {
        if listed == FIRST_PAGE || listed >= MAX_INSTALLATIONS {
            Self::AtLeast(listed)
        } else {
            Self::Exactly(listed)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::InstallationCount::{self, AtLeast, Exactly};

    #[test]
    fn a_full_list_may_be_incomplete() {
        for (listed, count) in [
            (0, Exactly(0)),
            (1, Exactly(1)),
            (29, Exactly(29)),
            (30, AtLeast(30)),
            // A server that requests more than one page.
            (31, Exactly(31)),
            (999, Exactly(999)),
            // More are not read.
            (1_000, AtLeast(1_000)),
        ] {
            assert_eq!(InstallationCount::of(listed), count);
        }
    }
}
