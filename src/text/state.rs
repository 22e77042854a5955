use external_auth_core::{FinalTrouble, PassingTrouble, ProviderState};

/// A state in a word or three.
#[must_use]
pub fn state_label(state: ProviderState) -> &'static str {
    match state {
        ProviderState::NoLongerConfigured => "No longer configured",
        ProviderState::NotLinked => "Not linked",
        ProviderState::CouldNotCheck(_) => "Could not check",
        ProviderState::NeedsAttention(_) => "Needs attention",
        ProviderState::Renewing => "Linked, renewing",
        ProviderState::AppNotInstalled => "App not installed",
        ProviderState::NotVerified => "Linked, not verified",
        ProviderState::Linked => "Linked",
    }
}

/// What a state means and what to do about it. None where the label says all.
#[must_use]
pub fn state_advice(state: ProviderState, name: &str) -> Option<String> {
    Some(match state {
        ProviderState::Linked | ProviderState::NotLinked => return None,
        ProviderState::NoLongerConfigured => {
            "This deployment used to offer this provider. The link is of no use any more.".into()
        }
        ProviderState::CouldNotCheck(trouble) => could_not_check(trouble, name),
        ProviderState::NeedsAttention(trouble) => needs_attention(trouble, name),
        ProviderState::Renewing => {
            "The token has ended and is renewed when it is needed next. Nothing is left to do."
                .into()
        }
        ProviderState::AppNotInstalled => format!(
            "Your account is linked, but the app is installed nowhere at {name}: private repositories stay out of reach."
        ),
        ProviderState::NotVerified => {
            format!("This deployment has no way to ask {name} whether the link still works.")
        }
    })
}

fn could_not_check(trouble: PassingTrouble, name: &str) -> String {
    let reason = match trouble {
        PassingTrouble::RateLimited => format!("{name} answers no more questions for now"),
        PassingTrouble::Unavailable => format!("{name} has trouble at the moment"),
        PassingTrouble::TimedOut => format!("{name} took too long to answer"),
        PassingTrouble::Unreachable => format!("{name} could not be reached"),
        PassingTrouble::NoConnection => "The deployment could not be reached".into(),
        PassingTrouble::DeploymentLimited => {
            "The deployment answers no more questions for now".into()
        }
        PassingTrouble::DeploymentFailed => "The deployment, or something before it, failed".into(),
        PassingTrouble::Unreadable => "The deployment's answer makes no sense".into(),
    };
    format!(
        "{reason}. Your link is still there; whether it works is not known. Try again in a while."
    )
}

fn needs_attention(trouble: FinalTrouble, name: &str) -> String {
    match trouble {
        FinalTrouble::Expired => {
            "The access has run out and is not renewed by itself. Re-authenticate to go on using it.".into()
        }
        FinalTrouble::RefreshRefused => {
            format!("The access has run out and {name} refused to renew it. Re-authenticate to go on using it.")
        }
        FinalTrouble::Revoked => {
            format!("{name} no longer accepts this link: it may have been revoked there. Re-authenticate to mend it.")
        }
        FinalTrouble::Unexplained => {
            "The link does not work, and the deployment does not say why. Re-authenticate to mend it.".into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{FinalTrouble as F, PassingTrouble as P, ProviderState as S};
    use super::{state_advice, state_label};

    const STATES: [S; 18] = [
        S::NoLongerConfigured,
        S::NotLinked,
        S::CouldNotCheck(P::RateLimited),
        S::CouldNotCheck(P::Unavailable),
        S::CouldNotCheck(P::TimedOut),
        S::CouldNotCheck(P::Unreachable),
        S::CouldNotCheck(P::NoConnection),
        S::CouldNotCheck(P::DeploymentLimited),
        S::CouldNotCheck(P::DeploymentFailed),
        S::CouldNotCheck(P::Unreadable),
        S::NeedsAttention(F::Expired),
        S::NeedsAttention(F::RefreshRefused),
        S::NeedsAttention(F::Revoked),
        S::NeedsAttention(F::Unexplained),
        S::Renewing,
        S::AppNotInstalled,
        S::NotVerified,
        S::Linked,
    ];

    #[test]
    fn no_two_states_are_called_the_same() {
        for called in [state_label, S::as_str] {
            let mut labels: Vec<_> = STATES.into_iter().map(called).collect();
            labels.sort_unstable();
            labels.dedup();
            assert_eq!(labels.len(), 8);
        }
    }

    #[test]
    fn every_state_but_the_plain_ones_is_explained_each_differently() {
        let advice = STATES.map(|state| (state, state_advice(state, "Gitea")));
        for (state, advice) in &advice {
            let plain = matches!(state, S::Linked | S::NotLinked);
            assert_eq!(advice.is_none(), plain, "{state:?}");
        }
        let mut advice: Vec<_> = advice
            .into_iter()
            .filter_map(|(_, advice)| advice)
            .collect();
        advice.sort();
        advice.dedup();
        assert_eq!(advice.len(), STATES.len() - 2);
    }

    #[test]
    fn what_asks_for_a_new_link_says_so_and_what_may_pass_does_not() {
        for state in STATES {
            let advice = state_advice(state, "Gitea").unwrap_or_default();
            let asks = advice.contains("Re-authenticate");
            assert_eq!(asks, matches!(state, S::NeedsAttention(_)), "{advice}");
        }
    }
}
