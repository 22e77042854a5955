use external_auth_core::ApiErrorKind;
use external_auth_core::wire::Provider;

/// Heading and accessible name of the dialog.
#[must_use]
pub fn unlink_title(name: &str) -> String {
    format!("Unlink {name}?")
}

/// The consequences of unlinking this provider, one paragraph each. No provider
/// means that the link is an orphan.
#[must_use]
pub fn unlink_consequences(name: &str, provider: Option<&Provider>) -> Vec<String> {
    let Some(provider) = provider else {
        return vec![
            "This provider was removed, so Coder may not be able to remove the link. The token isn't revoked.".into(),
        ];
    };
    let mut sentences = vec![if provider.is_git() {
        format!(
            "Your workspaces can no longer clone from or push to {name}. You can link it again any time."
        )
    } else {
        format!("Your workspaces can no longer use {name}. You can link it again any time.")
    }];
    if !provider.supports_revocation {
        sentences.push(format!(
            "Coder isn't set up to revoke the token at {name}. End access in your {name} account settings."
        ));
    } else if provider.is_github() {
        sentences.push(format!(
            "{name} will revoke every token for this app, including other deployments that share it."
        ));
    } else {
        sentences.push(format!("{name} will be asked to revoke the token."));
    }
    sentences
}

/// The link is removed, and the token is revoked.
#[must_use]
pub fn unlinked_and_revoked(name: &str) -> String {
    format!("{name} is unlinked, and the token is revoked.")
}

/// The link is removed. The deployment is not configured to revoke tokens.
#[must_use]
pub fn unlinked_not_revoked(name: &str) -> String {
    format!(
        "{name} is unlinked, but Coder isn't set up to revoke its token. End access in your {name} account settings."
    )
}

/// The link is removed. The provider did not revoke the token, which it had
/// already refused before.
#[must_use]
pub fn unlinked_already_refused(name: &str) -> String {
    format!("{name} is unlinked. Its token had already stopped working.")
}

/// The warning that stays after an unlink. `when` is relative, as "2 hours
/// ago"; none where it is not known.
#[must_use]
pub fn revocation_warning(name: &str, when: Option<&str>) -> String {
    let when = when.map(|when| format!(" {when}")).unwrap_or_default();
    format!(
        "{name} was unlinked here{when}, but we couldn't confirm its token was revoked. It may still be valid until you end access in your {name} account settings."
    )
}

/// How the person can have the deployment try the revocation again.
#[must_use]
pub fn revocation_retry(name: &str) -> String {
    format!("To try again, link {name} and unlink it once more.")
}

/// Link from a card to where the provider manages the grant.
#[must_use]
pub fn manage_link(host: &str) -> String {
    format!("Manage at {host}")
}

/// Link to where the provider lists authorised applications.
#[must_use]
pub fn authorizations_link(host: &str) -> String {
    format!("Authorized applications at {host}")
}

/// The deployment does not remove the link, because it no longer knows the
/// provider.
#[must_use]
pub fn orphan_cannot_be_unlinked(name: &str) -> String {
    format!("Coder no longer has {name}, so it can't remove the link. Your administrator can.")
}

/// There was no link any more. `list_is_new`: the list was loaded since.
#[must_use]
pub fn was_unlinked_already(name: &str, list_is_new: bool) -> String {
    if list_is_new {
        format!("{name} was already unlinked. The list is now up to date.")
    } else {
        format!("{name} was already unlinked.")
    }
}

/// The link was not removed; the reason follows.
#[must_use]
pub fn unlink_failed() -> &'static str {
    "The link wasn't removed."
}

/// It is not known whether the link is removed: no answer came, or one that
/// does not say it. `known`: the list was loaded since, and still has the link.
#[must_use]
pub fn unlink_outcome_unknown(name: &str, kind: ApiErrorKind, known: bool) -> String {
    let what_happened = match kind {
        ApiErrorKind::ServerFailed | ApiErrorKind::NotFound => {
            format!("Coder couldn't unlink {name}")
        }
        ApiErrorKind::Unreadable | ApiErrorKind::SignedOutAtProxy => {
            format!("Something other than Coder answered when you tried to unlink {name}")
        }
        _ => format!("Coder didn't answer when you unlinked {name}"),
    };
    if known {
        format!("{what_happened}. It's still linked. Try again.")
    } else {
        format!(
            "{what_happened}, and the list couldn't be loaded. Refresh the list to see where it stands."
        )
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
    fn the_consequences_depend_on_the_provider() {
        let said = |provider: Option<&Provider>| unlink_consequences("Gitea", provider).join(" ");
        for (provider, words) in [
            (Some(provider("github", true)), "will revoke every token"),
            (Some(provider("GitHub", true)), "will revoke every token"),
            (
                Some(provider("github", false)),
                "isn't set up to revoke the token at Gitea",
            ),
            (
                Some(provider("gitea", true)),
                "will be asked to revoke the token",
            ),
            (
                Some(provider("gitea", false)),
                "isn't set up to revoke the token at Gitea",
            ),
            (None, "This provider was removed"),
        ] {
            let said = said(provider.as_ref());
            assert!(said.contains(words), "{words:?} in {said:?}");
        }
    }

    #[test]
    fn says_what_is_left_to_do_and_where() {
        for words in [
            unlinked_not_revoked("Gitea"),
            revocation_warning("Gitea", None),
        ] {
            assert!(words.starts_with("Gitea "), "{words}");
            assert!(words.contains("your Gitea account settings"), "{words}");
        }
        assert!(!unlinked_and_revoked("Gitea").contains("settings"));
        let dated = revocation_warning("Gitea", Some("2 hours ago"));
        assert!(
            dated.starts_with("Gitea was unlinked here 2 hours ago, but"),
            "{dated}"
        );
    }

    #[test]
    fn an_unknown_outcome_says_what_happened() {
        use ApiErrorKind::{ServerFailed, SignedOutAtProxy, TimedOut, Unreadable};

        let said = |kind, known| unlink_outcome_unknown("Gitea", kind, known);
        assert!(
            said(TimedOut, true)
                .contains("didn't answer when you unlinked Gitea. It's still linked")
        );
        assert!(said(ServerFailed, true).contains("couldn't unlink Gitea. It's still linked"));
        for kind in [Unreadable, SignedOutAtProxy] {
            assert!(said(kind, true).contains("other than Coder answered"));
        }
        assert!(said(TimedOut, false).contains("couldn't be loaded"));
        assert!(!said(ServerFailed, false).contains("didn't answer"));
    }
}
