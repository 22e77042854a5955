use crate::{Pending, ProviderState};

/// What a person can do with a provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProviderAction {
    /// Remove the link.
    Unlink,
    /// Check the link live.
    Check,
    /// Install the provider's app, at an address of the provider.
    Install,
    /// Link an account.
    Link,
    /// Link again, without removing the link first.
    Reauthenticate,
    /// Stop linking in a window.
    Cancel,
}

/// Where a row offers an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActionPlace {
    /// The one button with words at the end of the row.
    Main,
    /// An icon button before it. In the panel of an opened row it has words.
    Quiet,
    /// Only in the panel of an opened row.
    Panel,
}

/// How an action is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ActionOffer {
    /// Where the person can see it. None if it is not offered.
    pub place: Option<ActionPlace>,
    /// Whether the button is filled, because something is wrong and this
    /// repairs it.
    pub stands_out: bool,
    /// Whether it has to wait for what is pending.
    pub is_busy: bool,
    /// Whether it is what is pending.
    pub is_running: bool,
}

impl ProviderAction {
    /// All actions, in the order of a row. "Unlink" is the first one, so that
    /// it never takes the place at the end, where "Link" was a moment ago.
    pub const ALL: [Self; 6] = [
        Self::Unlink,
        Self::Check,
        Self::Install,
        Self::Link,
        Self::Reauthenticate,
        Self::Cancel,
    ];

    /// How this action is offered for a provider in this state. `ends_soon`: the
    /// link works, and its access ends in a few days. `is_linking`: it is being
    /// linked in a window.
    #[must_use]
    pub fn offer(
        self,
        state: ProviderState,
        ends_soon: bool,
        is_linking: bool,
        pending: Option<Pending>,
    ) -> ActionOffer {
        let place = if is_linking {
            self.place_while_linking(state)
        } else {
            self.place(state, ends_soon)
        };
        ActionOffer {
            place,
            stands_out: !ends_soon
                && place == Some(ActionPlace::Main)
                && matches!(self, Self::Install | Self::Reauthenticate),
            is_busy: match pending {
                _ if self == Self::Cancel => false,
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

    /// Finds an action by its name, as [`as_str`](Self::as_str) returns it.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        (Self::ALL.into_iter()).find(|action| action.as_str() == name)
    }

    /// The name of the action in attributes of the page.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unlink => "unlink",
            Self::Check => "check",
            Self::Install => "install",
            Self::Link => "link",
            Self::Reauthenticate => "reauthenticate",
            Self::Cancel => "cancel",
        }
    }

    /// The action that a state asks for. None where the person has nothing to
    /// do.
    fn main(state: ProviderState, ends_soon: bool) -> Option<Self> {
        match state {
            ProviderState::NoLongerConfigured => Some(Self::Unlink),
            ProviderState::NotLinked => Some(Self::Link),
            ProviderState::NeedsAttention(_) => Some(Self::Reauthenticate),
            ProviderState::Linked | ProviderState::NotVerified if ends_soon => {
                Some(Self::Reauthenticate)
            }
            ProviderState::AppNotInstalled => Some(Self::Install),
            ProviderState::CouldNotCheck(_) => Some(Self::Check),
            ProviderState::NotVerified | ProviderState::Renewing | ProviderState::Linked => None,
        }
    }

    /// "Cancel" has the place of the button that began to link. Nothing else has
    /// words meanwhile, and no other link begins.
    fn place_while_linking(self, state: ProviderState) -> Option<ActionPlace> {
        match self {
            Self::Cancel => Some(ActionPlace::Main),
            Self::Unlink | Self::Check => (self.place(state, false)).map(|_| ActionPlace::Quiet),
            Self::Install | Self::Link | Self::Reauthenticate => None,
        }
    }

    fn place(self, state: ProviderState, ends_soon: bool) -> Option<ActionPlace> {
        if Self::main(state, ends_soon) == Some(self) {
            return Some(ActionPlace::Main);
        }
        let is_linked = !matches!(
            state,
            ProviderState::NotLinked | ProviderState::NoLongerConfigured
        );
        match self {
            Self::Unlink if is_linked => Some(ActionPlace::Quiet),
            // Otherwise the deployment has no address to check it at.
            Self::Check if is_linked && state != ProviderState::NotVerified => {
                Some(ActionPlace::Quiet)
            }
            Self::Reauthenticate if is_linked => Some(ActionPlace::Panel),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ActionPlace::{Main, Panel, Quiet};
    use super::ProviderAction::{self, Cancel, Check, Install, Link, Reauthenticate, Unlink};
    use crate::Pending::{Checking, Unlinking};
    use crate::ProviderState as S;

    /// What a state offers and where, and the button that is filled.
    type Expected = (
        &'static [(ProviderAction, super::ActionPlace)],
        Option<ProviderAction>,
    );

    fn expected(state: S) -> Expected {
        match state {
            S::NoLongerConfigured => (&[(Unlink, Main)], None),
            S::NotLinked => (&[(Link, Main)], None),
            S::CouldNotCheck(_) => (
                &[(Unlink, Quiet), (Check, Main), (Reauthenticate, Panel)],
                None,
            ),
            S::NeedsAttention(_) => (
                &[(Unlink, Quiet), (Check, Quiet), (Reauthenticate, Main)],
                Some(Reauthenticate),
            ),
            S::AppNotInstalled => (
                &[
                    (Unlink, Quiet),
                    (Check, Quiet),
                    (Install, Main),
                    (Reauthenticate, Panel),
                ],
                Some(Install),
            ),
            S::NotVerified => (&[(Unlink, Quiet), (Reauthenticate, Panel)], None),
            S::Renewing | S::Linked => (
                &[(Unlink, Quiet), (Check, Quiet), (Reauthenticate, Panel)],
                None,
            ),
        }
    }

    #[test]
    fn each_state_offers_its_actions_and_has_one_main_button_at_most() {
        for state in S::ALL {
            let (offered, filled) = expected(state);
            for pending in [None, Some(Checking), Some(Unlinking)] {
                let offer = |action: &ProviderAction| action.offer(state, false, false, pending);
                let places: Vec<_> = (ProviderAction::ALL.iter())
                    .filter_map(|action| Some((*action, offer(action).place?)))
                    .collect();
                assert_eq!(places, offered, "{state:?}");
                let strong: Vec<_> = (ProviderAction::ALL.into_iter())
                    .filter(|action| offer(action).stands_out)
                    .collect();
                assert_eq!(strong, Vec::from_iter(filled), "{state:?}");
            }
        }
    }

    #[test]
    fn a_link_that_ends_soon_offers_a_new_one_without_a_filled_button() {
        for state in [S::Linked, S::NotVerified] {
            let offer = Reauthenticate.offer(state, true, false, None);
            assert_eq!((offer.place, offer.stands_out), (Some(Main), false));
        }
        let broken = S::NeedsAttention(crate::PermanentFailure::Revoked);
        assert!(Reauthenticate.offer(broken, false, false, None).stands_out);
    }

    #[test]
    fn while_it_is_linked_in_a_window_cancel_is_the_only_button_with_words() {
        for state in S::ALL {
            for ends_soon in [false, true] {
                let offer = |action: ProviderAction| action.offer(state, ends_soon, true, None);
                for action in ProviderAction::ALL {
                    let is_main = offer(action).place == Some(Main);
                    assert_eq!(is_main, action == Cancel, "{state:?} {action:?}");
                    assert!(!offer(action).stands_out, "{state:?} {action:?}");
                }
                for begins in [Install, Link, Reauthenticate] {
                    assert_eq!(offer(begins).place, None, "{state:?}");
                }
                let is_linked = state.is_linked();
                assert_eq!(offer(Unlink).place.is_some(), is_linked, "{state:?}");
            }
        }
    }

    #[test]
    fn an_action_is_found_by_its_name() {
        for action in ProviderAction::ALL {
            assert_eq!(ProviderAction::parse(action.as_str()), Some(action));
        }
        assert_eq!(ProviderAction::parse("details"), None);
    }

    #[test]
    fn an_unlink_need_not_wait_for_a_check_and_all_else_waits() {
        for state in S::ALL {
            for action in ProviderAction::ALL {
                let busy = |pending| action.offer(state, false, false, pending).is_busy;
                assert!(!busy(None));
                let waits = !matches!(action, Unlink | Cancel);
                assert_eq!(busy(Some(Checking)), waits, "{action:?}");
                assert_eq!(busy(Some(Unlinking)), action != Cancel, "{action:?}");
                let runs = |pending| action.offer(state, false, false, pending).is_running;
                assert!(!runs(None));
                assert_eq!(runs(Some(Checking)), action == Check, "{action:?}");
                assert_eq!(runs(Some(Unlinking)), action == Unlink, "{action:?}");
            }
        }
    }
}
