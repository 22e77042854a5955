use crate::{Pending, ProviderState};

/// What a person can do with a provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProviderAction {
    /// Install the provider's app, at an address of the provider.
    Install,
    /// Link an account.
    Link,
    /// Link again, without removing the link first.
    Reauthenticate,
    /// Check the link live.
    Check,
    /// Remove the link.
    Unlink,
}

/// How an action is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ActionOffer {
    /// Whether the person can see it.
    pub is_offered: bool,
    /// Whether it is the strong one among the actions.
    pub stands_out: bool,
    /// Whether it has to wait for what is pending.
    pub is_busy: bool,
    /// Whether it is what is pending.
    pub is_running: bool,
}

impl ProviderAction {
    /// All actions, in the order in which they are offered.
    pub const ALL: [Self; 5] = [
        Self::Install,
        Self::Link,
        Self::Check,
        Self::Reauthenticate,
        Self::Unlink,
    ];

    /// How this action is offered for a provider in this state.
    #[must_use]
    pub fn offer(self, state: ProviderState, pending: Option<Pending>) -> ActionOffer {
        ActionOffer {
            is_offered: self.is_offered(state),
            stands_out: Self::main(state) == Some(self),
            is_busy: match pending {
                None => false,
                // An unlink does not wait for a check.
                Some(Pending::Checking) => self != Self::Unlink,
                Some(Pending::Unlinking) => true,
            },
            is_running: match pending {
                None => false,
                Some(Pending::Checking) => self == Self::Check,
                Some(Pending::Unlinking) => self == Self::Unlink,
            },
        }
    }

    /// The action that a state asks for; none where the person has nothing to
    /// do, so that a page on which all is well has no strong button.
    fn main(state: ProviderState) -> Option<Self> {
        match state {
            ProviderState::NotLinked => Some(Self::Link),
            ProviderState::NeedsAttention(_) => Some(Self::Reauthenticate),
            ProviderState::AppNotInstalled => Some(Self::Install),
            ProviderState::CouldNotCheck(_) => Some(Self::Check),
            ProviderState::NoLongerConfigured
            | ProviderState::NotVerified
            | ProviderState::Renewing
            | ProviderState::Linked => None,
        }
    }

    fn is_offered(self, state: ProviderState) -> bool {
        match self {
            Self::Install => state == ProviderState::AppNotInstalled,
            Self::Link => state == ProviderState::NotLinked,
            Self::Reauthenticate => !matches!(
                state,
                ProviderState::NotLinked | ProviderState::NoLongerConfigured
            ),
            Self::Check => !matches!(
                state,
                ProviderState::NotLinked
                    | ProviderState::NoLongerConfigured
                    // The deployment has no address to check it at.
                    | ProviderState::NotVerified
            ),
            Self::Unlink => state != ProviderState::NotLinked,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ProviderAction::{self, Check, Install, Link, Reauthenticate, Unlink};
    use crate::Pending::{Checking, Unlinking};
    use crate::ProviderState as S;

    /// What a state offers, and which of that stands out.
    fn expected(state: S) -> (&'static [ProviderAction], Option<ProviderAction>) {
        let linked: &[_] = &[Check, Reauthenticate, Unlink];
        match state {
            S::NoLongerConfigured => (&[Unlink], None),
            S::NotLinked => (&[Link], Some(Link)),
            S::CouldNotCheck(_) => (linked, Some(Check)),
            S::NeedsAttention(_) => (linked, Some(Reauthenticate)),
            S::AppNotInstalled => (&[Install, Check, Reauthenticate, Unlink], Some(Install)),
            S::NotVerified => (&[Reauthenticate, Unlink], None),
            S::Renewing | S::Linked => (linked, None),
        }
    }

    #[test]
    fn each_state_offers_its_actions_and_lets_one_stand_out_at_most() {
        for state in S::ALL {
            let (offered, main) = expected(state);
            for pending in [None, Some(Checking), Some(Unlinking)] {
                let those = |is: fn(super::ActionOffer) -> bool| -> Vec<_> {
                    let actions = ProviderAction::ALL.into_iter();
                    actions
                        .filter(|action| is(action.offer(state, pending)))
                        .collect()
                };
                assert_eq!(those(|offer| offer.is_offered), offered, "{state:?}");
                let strong = those(|offer| offer.stands_out);
                assert_eq!(strong, Vec::from_iter(main), "{state:?}");
            }
        }
    }

    #[test]
    fn an_unlink_need_not_wait_for_a_check_and_all_else_waits() {
        for state in S::ALL {
            for action in ProviderAction::ALL {
                let busy = |pending| action.offer(state, pending).is_busy;
                assert!(!busy(None));
                assert_eq!(busy(Some(Checking)), action != Unlink, "{action:?}");
                assert!(busy(Some(Unlinking)), "{action:?}");
                let runs = |pending| action.offer(state, pending).is_running;
                assert!(!runs(None));
                assert_eq!(runs(Some(Checking)), action == Check, "{action:?}");
                assert_eq!(runs(Some(Unlinking)), action == Unlink, "{action:?}");
            }
        }
    }
}
