use external_auth_core::{PermanentFailure, ProviderState, TransientFailure};

/// The label of a state.
#[must_use]
pub fn state_label(state: ProviderState) -> &'static str {
    match state {
        ProviderState::NoLongerConfigured => "No longer configured",
        ProviderState::NotLinked => "Not linked",
        ProviderState::CouldNotCheck(_) => "Couldn't check",
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
        ProviderState::NoLongerConfigured => "This provider was removed. You can unlink it.".into(),
        ProviderState::CouldNotCheck(failure) => could_not_check(failure, name),
        ProviderState::NeedsAttention(failure) => needs_attention(failure, name),
        ProviderState::Renewing => {
            "The token expired and renews on next use. There's nothing to do.".into()
        }
        ProviderState::AppNotInstalled => format!(
            "The {name} app isn't installed on any account, so private repositories are out of reach."
        ),
        ProviderState::NotVerified => {
            format!("Coder has no way to check whether the {name} link works.")
        }
    })
}

fn could_not_check(failure: TransientFailure, name: &str) -> String {
    let reason = match failure {
        TransientFailure::RateLimited => format!("{name} is limiting requests"),
        TransientFailure::Unavailable => format!("{name} is having trouble"),
        TransientFailure::Forbidden => format!("{name} refused to answer"),
        TransientFailure::TimedOut => format!("{name} took too long to answer"),
        TransientFailure::Unreachable => format!("{name} couldn't be reached"),
        TransientFailure::NoConnection => "Coder couldn't be reached".into(),
        TransientFailure::DeploymentLimited => "Coder is limiting requests".into(),
        TransientFailure::DeploymentFailed => "Coder or a proxy returned an error".into(),
        TransientFailure::Unreadable => "Coder's answer couldn't be read".into(),
        TransientFailure::UnknownReason => {
            return format!(
                "Couldn't check {name}: Coder gave a reason that this page doesn't know. Your link is unchanged, and the reason is in the details."
            );
        }
    };
    format!("{reason}, so we couldn't check. Your link is unchanged.")
}

fn needs_attention(failure: PermanentFailure, name: &str) -> String {
    match failure {
        PermanentFailure::Expired => {
            "Your sign-in expired and doesn't renew. Re-authenticate to keep using it.".into()
        }
        PermanentFailure::RefreshRefused => {
            format!(
                "Your sign-in expired and {name} wouldn't renew it. Re-authenticate to keep using it."
            )
        }
        PermanentFailure::Revoked => {
            format!("{name} no longer accepts this link. Re-authenticate to fix it.")
        }
        PermanentFailure::Unexplained => {
            "The link doesn't work, and Coder doesn't say why. Re-authenticate to fix it.".into()
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
