/// What is being done with a provider at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pending {
    /// A live check runs, because the person pressed Check.
    Checking,
    /// The link is being removed.
    Unlinking,
}

impl Pending {
    /// Whether this may begin while `running` is pending. One thing runs at a
    /// time, except that an unlink replaces a check: the result of the check no
    /// longer matters then.
    #[must_use]
    pub fn may_begin(self, running: Option<Self>) -> bool {
        match running {
            None => true,
            Some(running) => self == Self::Unlinking && running == Self::Checking,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Pending::{Checking, Unlinking};

    #[test]
    fn only_an_unlink_begins_while_something_is_pending_and_only_during_a_check() {
        for (begins, running, may_begin) in [
            (Checking, None, true),
            (Checking, Some(Checking), false),
            (Checking, Some(Unlinking), false),
            (Unlinking, None, true),
            (Unlinking, Some(Checking), true),
            (Unlinking, Some(Unlinking), false),
        ] {
            assert_eq!(
                begins.may_begin(running),
                may_begin,
                "{begins:?} {running:?}"
            );
        }
    }
}
