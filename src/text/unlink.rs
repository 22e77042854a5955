use external_auth_core::RevocationOutcome;
use external_auth_core::wire::Provider;

use super::{Notice, Tone};

/// The dialog's question, and its name.
#[must_use]
pub fn unlink_title(name: &str) -> String {
    format!("Unlink {name}?")
}

/// What unlinking will do for this provider: one sentence a paragraph. No
/// provider: the link is an orphan.
#[must_use]
pub fn unlink_consequences(name: &str, provider: Option<&Provider>) -> Vec<String> {
    let Some(provider) = provider else {
        return vec![
            "This deployment no longer offers the provider, so it may not be able to remove the link. The token is not revoked.".into(),
        ];
    };
    let mut sentences = vec![format!(
        "Your workspaces can no longer clone from and push to {name}. You can link it again at any time."
    )];
    if !provider.supports_revocation {
        sentences.push(format!(
            "The token is not revoked at {name}, because this deployment has nothing set up for that: end the access there yourself."
        ));
    } else if provider.kind == "github" {
        sentences.push(format!(
            "{name} is asked to end the whole grant: every token that you gave this app, on other deployments that share it too."
        ));
    } else {
        sentences.push(format!("{name} is asked to revoke the token."));
    }
    sentences
}

/// What became of the link and of the token.
#[must_use]
pub fn revocation_outcome(name: &str, outcome: &RevocationOutcome) -> Notice {
    match outcome {
        RevocationOutcome::Revoked => Notice::new(
            Tone::Success,
            format!("{name} is unlinked, and the token is revoked."),
        ),
        RevocationOutcome::NotConfigured => Notice::new(
            Tone::Information,
            format!(
                "{name} is unlinked here. {name} still holds the grant, because this deployment revokes nothing there: end it in your account settings at {name}."
            ),
        ),
        RevocationOutcome::Failed { reason } => Notice {
            detail: reason.clone(),
            ..Notice::new(
                Tone::Warning,
                format!(
                    "{name} is unlinked here, but did not revoke the token, which may still be valid. Revoke it by hand, in your account settings at {name}."
                ),
            )
        },
        RevocationOutcome::NotSaid => Notice::new(
            Tone::Warning,
            format!(
                "{name} is unlinked here. The deployment does not say whether the token is revoked: look in your account settings at {name}."
            ),
        ),
    }
}

/// The server knows neither the provider nor, so, the link.
#[must_use]
pub fn orphan_cannot_be_unlinked(name: &str) -> String {
    format!(
        "The deployment no longer knows {name}, and so cannot remove the link. It does no harm there; someone who operates the deployment can remove it for good."
    )
}

/// There was no link. `list_is_new`: the list was loaded since.
#[must_use]
pub fn was_unlinked_already(name: &str, list_is_new: bool) -> String {
    if list_is_new {
        format!("{name} was unlinked already. The list is up to date now.")
    } else {
        format!("{name} was unlinked already.")
    }
}

/// Nothing was removed, before the reason is said.
#[must_use]
pub fn unlink_failed() -> &'static str {
    "The link was not removed."
}

/// No answer came; `linked` is what a look at the list showed since.
#[must_use]
pub fn unlink_outcome_unknown(name: &str, linked: Option<bool>) -> String {
    match linked {
        Some(true) => {
            format!("The answer to unlinking {name} did not arrive. It is still linked: try again.")
        }
        Some(false) => format!(
            "The answer to unlinking {name} did not arrive. It is unlinked now; whether the token is revoked is not known: look in your account settings at {name}."
        ),
        None => format!(
            "The answer to unlinking {name} did not arrive, and the list could not be loaded. Refresh the list to see what is true."
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn provider(kind: &str, supports_revocation: bool) -> Provider {
        Provider {
            id: "x".into(),
            kind: kind.into(),
            supports_revocation,
            ..Provider::default()
        }
    }

    #[test]
    fn what_unlinking_does_depends_on_the_provider() {
        let said = |provider: Option<&Provider>| unlink_consequences("Gitea", provider).join(" ");
        for (provider, words) in [
            (Some(provider("github", true)), "the whole grant"),
            (Some(provider("github", false)), "is not revoked at Gitea"),
            (Some(provider("gitea", true)), "asked to revoke the token"),
            (Some(provider("gitea", false)), "is not revoked at Gitea"),
            (None, "no longer offers the provider"),
        ] {
            let said = said(provider.as_ref());
            assert!(said.contains(words), "{words:?} in {said:?}");
        }
    }

    #[test]
    fn only_a_token_that_is_revoked_is_a_success() {
        let failed = |reason: &str| RevocationOutcome::Failed {
            reason: reason.to_owned(),
        };
        for (outcome, tone) in [
            (RevocationOutcome::Revoked, Tone::Success),
            (RevocationOutcome::NotConfigured, Tone::Information),
            (RevocationOutcome::NotSaid, Tone::Warning),
            (failed(""), Tone::Warning),
            (failed("503"), Tone::Warning),
        ] {
            let notice = revocation_outcome("Gitea", &outcome);
            assert_eq!(notice.tone, tone, "{outcome:?}");
            assert!(notice.text.starts_with("Gitea is unlinked"), "{notice:?}");
            let where_to_end_it = notice.text.contains("account settings at Gitea");
            assert_eq!(where_to_end_it, tone != Tone::Success, "{notice:?}");
        }
    }

    #[test]
    fn the_reason_of_a_failure_is_a_detail_and_not_in_the_sentence() {
        let outcome = RevocationOutcome::Failed {
            reason: "503".into(),
        };
        let notice = revocation_outcome("Gitea", &outcome);
        assert_eq!(notice.detail, "503");
        assert!(!notice.text.contains("503"));
    }

    #[test]
    fn an_unknown_outcome_says_what_is_known() {
        let said = |linked| unlink_outcome_unknown("Gitea", linked);
        assert!(said(Some(true)).contains("still linked"));
        assert!(said(Some(false)).contains("unlinked now"));
        assert!(said(None).contains("could not be loaded"));
    }
}
