use external_auth_core::{PermanentFailure, ProviderState, TransientFailure};

/// The label of a state.
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

/// What a state means and what to do about it. None if the label is enough.
#[must_use]
pub fn state_advice(state: ProviderState, name: &str) -> Option<String> {
    Some(match state {
        ProviderState::Linked | ProviderState::NotLinked => return None,
        ProviderState::NoLongerConfigured => {
            "This deployment used to offer this provider. The link is of no use any more.".into()
        }
        ProviderState::CouldNotCheck(failure) => could_not_check(failure, name),
        ProviderState::NeedsAttention(failure) => needs_attention(failure, name),
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

fn could_not_check(failure: TransientFailure, name: &str) -> String {
    let reason = match failure {
        TransientFailure::RateLimited => format!("{name} answers no more questions for now"),
        TransientFailure::Unavailable => format!("{name} has trouble at the moment"),
        TransientFailure::Forbidden => format!("{name} refused to answer"),
        TransientFailure::TimedOut => format!("{name} took too long to answer"),
        TransientFailure::Unreachable => format!("{name} could not be reached"),
        TransientFailure::NoConnection => "The deployment could not be reached".into(),
        TransientFailure::DeploymentLimited => {
            "The deployment answers no more questions for now".into()
        }
        TransientFailure::DeploymentFailed => {
            "The deployment, or something before it, failed".into()
        }
        TransientFailure::Unreadable => "The deployment's answer makes no sense".into(),
        TransientFailure::UnknownReason => {
            return format!(
                "Couldn't check {name}: Coder gave a reason that this page doesn't know. Your link is unchanged, and the reason is in the details."
            );
        }
    };
    format!(
        "{reason}. Your link is still there; whether it works is not known. Try again in a while."
    )
}

fn needs_attention(failure: PermanentFailure, name: &str) -> String {
    match failure {
        PermanentFailure::Expired => {
            "The access has run out and is not renewed by itself. Re-authenticate to go on using it.".into()
        }
        PermanentFailure::RefreshRefused => {
            format!("The access has run out and {name} refused to renew it. Re-authenticate to go on using it.")
        }
        PermanentFailure::Revoked => {
            format!("{name} no longer accepts this link: it may have been revoked there. Re-authenticate to mend it.")
        }
        PermanentFailure::Unexplained => {
            "The link does not work, and the deployment does not say why. Re-authenticate to mend it.".into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ProviderState as S;
    use super::{state_advice, state_label};

    #[test]
    fn labels_of_states_are_unique() {
        for called in [state_label, S::as_str] {
            let mut labels: Vec<_> = S::ALL.into_iter().map(called).collect();
            labels.sort_unstable();
            labels.dedup();
            assert_eq!(labels.len(), 8);
        }
    }

    #[test]
    fn explanations_of_states_are_unique() {
        let advice = S::ALL.map(|state| (state, state_advice(state, "Gitea")));
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
        assert_eq!(advice.len(), S::ALL.len() - 2);
    }

    #[test]
    fn only_permanent_failures_ask_for_a_new_link() {
        for state in S::ALL {
            let advice = state_advice(state, "Gitea").unwrap_or_default();
            let asks = advice.contains("Re-authenticate");
            assert_eq!(asks, matches!(state, S::NeedsAttention(_)), "{advice}");
        }
    }
}
