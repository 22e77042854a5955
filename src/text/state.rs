use external_auth_core::{PermanentFailure, ProviderState, TransientFailure};

/// The label of a state.
#[must_use]
pub fn state_label(state: ProviderState) -> &'static str {
    match state {
        ProviderState::NoLongerConfigured => "No longer configured",
        ProviderState::NotLinked => "Not linked",
        ProviderState::CouldNotCheck(_) => "Couldn't check",
        ProviderState::NeedsAttention(
            PermanentFailure::Expired | PermanentFailure::RefreshRefused,
        ) => "Sign-in expired",
        ProviderState::NeedsAttention(PermanentFailure::Revoked) => "Access revoked",
        ProviderState::NeedsAttention(PermanentFailure::Unexplained) => "Needs attention",
        ProviderState::Renewing => "Linked, renewing",
        ProviderState::AppNotInstalled => "App not installed",
        ProviderState::NotVerified => "Linked, not verified",
        ProviderState::Linked => "Linked",
    }
}

/// Why a provider is in its state and what to do, in the line of a row, where the
/// label of the state is beside it. Empty if the label is enough.
#[must_use]
pub fn state_line(state: ProviderState, name: &str) -> String {
    match state {
        ProviderState::Linked | ProviderState::NotLinked => "",
        ProviderState::NoLongerConfigured => "This provider was removed. You can unlink it.",
        ProviderState::CouldNotCheck(failure) => {
            return format!("{}. Your link is unchanged.", failed_check(failure, name));
        }
        ProviderState::NeedsAttention(PermanentFailure::Expired) => not_renewed(),
        ProviderState::NeedsAttention(PermanentFailure::RefreshRefused) => {
            return format!("{name} wouldn't renew it. Re-authenticate to keep using it.");
        }
        ProviderState::NeedsAttention(PermanentFailure::Revoked) => {
            return format!("{name} no longer accepts this link. Re-authenticate to fix it.");
        }
        ProviderState::NeedsAttention(PermanentFailure::Unexplained) => {
            "The link doesn't work, and Coder doesn't say why. Re-authenticate to fix it."
        }
        ProviderState::Renewing => {
            "The token expired and renews on next use. There's nothing to do."
        }
        ProviderState::AppNotInstalled => "Linked, but private repositories are out of reach.",
        ProviderState::NotVerified => "Coder has no way to check this link",
    }
    .to_owned()
}

/// A sign-in ends, or has ended, and nobody renews it.
#[must_use]
pub fn not_renewed() -> &'static str {
    "It doesn't renew. Re-authenticate to keep using it."
}

/// What a state means and what to do about it, in full. None if the label is
/// enough.
#[must_use]
pub fn state_advice(state: ProviderState, name: &str) -> Option<String> {
    Some(match state {
        ProviderState::Linked | ProviderState::NotLinked => return None,
        ProviderState::CouldNotCheck(TransientFailure::UnknownReason) => format!(
            "Couldn't check {name}: Coder gave a reason that this page doesn't know. Your link is unchanged, and the reason is below."
        ),
        ProviderState::CouldNotCheck(failure) => {
            let reason = failed_check(failure, name);
            format!("{reason}, so we couldn't check. Your link is unchanged.")
        }
        ProviderState::NeedsAttention(PermanentFailure::Expired) => {
            "Your sign-in expired and doesn't renew. Re-authenticate to keep using it.".into()
        }
        ProviderState::NeedsAttention(PermanentFailure::RefreshRefused) => format!(
            "Your sign-in expired and {name} wouldn't renew it. Re-authenticate to keep using it."
        ),
        ProviderState::AppNotInstalled => format!(
            "The {name} app isn't installed on any account, so private repositories are out of reach."
        ),
        ProviderState::NotVerified => {
            format!("Coder has no way to check whether the {name} link works.")
        }
        ProviderState::NoLongerConfigured
        | ProviderState::NeedsAttention(_)
        | ProviderState::Renewing => state_line(state, name),
    })
}

/// The beginning of a sentence.
fn failed_check(failure: TransientFailure, name: &str) -> String {
    match failure {
        TransientFailure::RateLimited => format!("{name} is limiting requests"),
        TransientFailure::Unavailable => format!("{name} is having trouble"),
        TransientFailure::Forbidden => format!("{name} refused to answer"),
        TransientFailure::TimedOut => format!("{name} took too long to answer"),
        TransientFailure::Unreachable => format!("{name} couldn't be reached"),
        TransientFailure::NoConnection => "Coder couldn't be reached".into(),
        TransientFailure::DeploymentLimited => "Coder is limiting requests".into(),
        TransientFailure::DeploymentFailed => "Coder or a proxy returned an error".into(),
        TransientFailure::Unreadable => "Coder's answer couldn't be read".into(),
        TransientFailure::UnknownReason => "Coder gave a reason that this page doesn't know".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::ProviderState as S;
    use super::{state_advice, state_label, state_line};

    #[test]
    fn labels_of_states_are_unique() {
        // A link that needs attention is called after what is wrong with it.
        for (called, count) in [(state_label as fn(S) -> &'static str, 10), (S::as_str, 8)] {
            let mut labels: Vec<_> = S::ALL.into_iter().map(called).collect();
            labels.sort_unstable();
            labels.dedup();
            assert_eq!(labels.len(), count);
        }
    }

    #[test]
    fn the_line_of_a_row_is_shorter_than_the_advice_and_says_as_much_to_do() {
        for state in S::ALL {
            let advice = state_advice(state, "Gitea").unwrap_or_default();
            let line = state_line(state, "Gitea");
            assert!(line.len() <= advice.len(), "{line}");
            assert_eq!(line.is_empty(), advice.is_empty(), "{state:?}");
            for word in ["Re-authenticate", "unlink", "unchanged"] {
                assert_eq!(line.contains(word), advice.contains(word), "{line}");
            }
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
