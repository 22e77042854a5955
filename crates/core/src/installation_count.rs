/// As many installations Coder asks a provider for; it does not ask for more.
const FIRST_PAGE: usize = 30;

/// For how many accounts an app is installed, as far as an answer tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InstallationCount {
    /// All of them are listed.
    Exactly(usize),
    /// The list is full, so there may be more that it does not hold.
    AtLeast(usize),
}

impl InstallationCount {
    /// Of a list with so many entries (`GET /external-auth/{id}`).
    #[must_use]
    pub const fn of(listed: usize) -> Self {
        if listed == FIRST_PAGE {
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
    fn a_full_list_may_not_be_all() {
        for (listed, count) in [
            (0, Exactly(0)),
            (1, Exactly(1)),
            (29, Exactly(29)),
            (30, AtLeast(30)),
            // Of a server that asks for more than one page.
            (31, Exactly(31)),
        ] {
            assert_eq!(InstallationCount::of(listed), count);
        }
    }
}
