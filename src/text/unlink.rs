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

/// There was no link.
#[must_use]
pub fn was_unlinked_already(name: &str) -> String {
    format!("{name} was unlinked already. The list is up to date now.")
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
