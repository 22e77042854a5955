use super::{LinkSpec, ProviderSpec, Seed};
use crate::{
    avatar::avatar,
    coder::RevocationStyle,
    provider::{Behaviour, Revoke, TokenStatus, Validate},
    wire::{Account, Expiry, Installation},
};

pub(super) const MINUTE_MS: i64 = 60_000;
pub(super) const HOUR_MS: i64 = 60 * MINUTE_MS;
pub(super) const DAY_MS: i64 = 24 * HOUR_MS;

/// One provider for each state.
pub(super) fn seed(seed: &mut Seed) {
    github(seed);
    github_work(seed);
    gitlab(seed);
    bitbucket(seed);
    azure_devops(seed);
    gitea(seed);
    slack(seed);
    jfrog(seed);
    not_linked(seed);
    // An orphan: its provider is no longer configured.
    let link = linked(seed, 900);
    seed.link("old-gitlab", link);
}

/// A link made `days` ago, whose token does not expire.
pub(super) fn linked(seed: &Seed, days: i64) -> LinkSpec {
    LinkSpec {
        created_at: Some(seed.now.plus_ms(-days * DAY_MS)),
        ..LinkSpec::default()
    }
}

/// Linked, with a token that does not expire and has no refresh token; two
/// installations. An unlink revokes the whole grant.
pub(super) fn github(seed: &mut Seed) {
    seed.provider(ProviderSpec {
        icon: "github",
        revocation: Some(RevocationStyle::Github),
        installable: true,
        ..ProviderSpec::new("github", "github", "GitHub")
    });
    let link = linked(seed, 212);
    seed.link("github", link);
    let origin = seed.origins.provider.clone();
    if let Some(mut service) = seed.service("github") {
        let ada = service.account("ada").cloned();
        let organisation = Account {
            id: 1843,
            login: "analytical-engine".to_owned(),
            name: "Analytical Engine Society".to_owned(),
            avatar_url: avatar("analytical-engine"),
            profile_url: format!("{origin}/github/people/analytical-engine"),
        };
        service.installations = [(71, ada), (72, Some(organisation))]
            .map(|(id, account)| Installation {
                id,
                account,
                configure_url: format!("{origin}/github/installations/{id}"),
            })
            .to_vec();
    }
}

/// Linked, but without an installation.
fn github_work(seed: &mut Seed) {
    seed.provider(ProviderSpec {
        icon: "github",
        revocation: Some(RevocationStyle::Github),
        installable: true,
        ..ProviderSpec::new("github-work", "github", "GitHub Enterprise")
    });
    let link = linked(seed, 12);
    seed.link("github-work", link);
}

/// Linked, with a refresh token.
fn gitlab(seed: &mut Seed) {
    gitlab_provider(seed);
    let link = LinkSpec {
        updated_at: Some(seed.now.plus_ms(-20 * MINUTE_MS)),
        expires: Expiry::At(seed.now.plus_ms(100 * MINUTE_MS)),
        has_refresh_token: true,
        ..linked(seed, 34)
    };
    seed.link("gitlab", link);
}

/// PKCE; refresh tokens; revocation works.
pub(super) fn gitlab_provider(seed: &mut Seed) {
    seed.provider(ProviderSpec {
        icon: "gitlab",
        revocation: Some(RevocationStyle::Rfc7009),
        pkce: true,
        token_lifetime_ms: Some(2 * HOUR_MS),
        refresh_tokens: true,
        ..ProviderSpec::new("gitlab", "gitlab", "GitLab")
    });
}

/// Linked without a refresh token; expires in three days; no revocation.
fn bitbucket(seed: &mut Seed) {
    seed.provider(ProviderSpec {
        icon: "bitbucket",
        token_lifetime_ms: Some(7 * DAY_MS),
        ..ProviderSpec::new("bitbucket", "bitbucket-cloud", "Bitbucket")
    });
    let link = LinkSpec {
        expires: Expiry::At(seed.now.plus_ms(3 * DAY_MS)),
        ..linked(seed, 4)
    };
    seed.link("bitbucket", link);
}

/// Expired; a refresh has failed permanently.
fn azure_devops(seed: &mut Seed) {
    seed.provider(ProviderSpec {
        icon: "azure-devops",
        token_lifetime_ms: Some(HOUR_MS),
        refresh_tokens: true,
        ..ProviderSpec::new("azure-devops", "azure-devops-entra", "Azure DevOps")
    });
    let reason = r#"oauth2: "invalid_grant" "The refresh token has expired due to inactivity.""#;
    let link = LinkSpec {
        // The failure removed the refresh token, and was the last change.
        updated_at: Some(seed.now.plus_ms(-2 * HOUR_MS)),
        expires: Expiry::At(seed.now.plus_ms(-95 * DAY_MS + HOUR_MS)),
        refresh_failure: Some((seed.now.plus_ms(-2 * HOUR_MS), reason.to_owned())),
        status: TokenStatus::Revoked,
        ..linked(seed, 160)
    };
    seed.link("azure-devops", link);
}

/// Revoked at the provider, whose revocation endpoint fails.
fn gitea(seed: &mut Seed) {
    seed.provider(ProviderSpec {
        icon: "gitea",
        revocation: Some(RevocationStyle::Rfc7009),
        behaviour: Behaviour {
            revoke: Revoke::Error,
            ..Behaviour::default()
        },
        ..ProviderSpec::new("gitea", "gitea", "Gitea")
    });
    let link = LinkSpec {
        status: TokenStatus::Revoked,
        ..linked(seed, 51)
    };
    seed.link("gitea", link);
}

/// The provider is down.
fn slack(seed: &mut Seed) {
    seed.provider(ProviderSpec {
        icon: "slack",
        revocation: Some(RevocationStyle::Rfc7009),
        behaviour: Behaviour {
            validate: Validate::Unavailable,
            ..Behaviour::default()
        },
        ..ProviderSpec::new("slack", "slack", "Slack")
    });
    let link = linked(seed, 8);
    seed.link("slack", link);
}

/// Cannot be validated, and the answer to a revocation says nothing.
fn jfrog(seed: &mut Seed) {
    seed.provider(ProviderSpec {
        icon: "jfrog",
        allow_validate: false,
        revocation: Some(RevocationStyle::Rfc7009),
        behaviour: Behaviour {
            revoke: Revoke::Silent,
            ..Behaviour::default()
        },
        ..ProviderSpec::new("jfrog", "jfrog", "JFrog Artifactory")
    });
    let link = linked(seed, 77);
    seed.link("jfrog", link);
}

/// The providers without a link.
fn not_linked(seed: &mut Seed) {
    seed.provider(ProviderSpec {
        icon: "bitbucket",
        token_lifetime_ms: Some(2 * HOUR_MS),
        refresh_tokens: true,
        ..ProviderSpec::new(
            "bitbucket-server",
            "bitbucket-server",
            "Bitbucket Data Center",
        )
    });
    // Its revocation fails with a shorter answer than Gitea's.
    seed.provider(ProviderSpec {
        icon: "codeberg",
        revocation: Some(RevocationStyle::Rfc7009),
        pkce: true,
        behaviour: Behaviour {
            revoke: Revoke::Error,
            revoke_status: 500,
            revoke_body: r#"{"error":"server_error"}"#.to_owned(),
            ..Behaviour::default()
        },
        ..ProviderSpec::new("codeberg", "", "Codeberg")
    });
    internal_git(seed);
}

/// Has no name and no icon, so the type and a key replace them. Is linked by the
/// device flow.
pub(super) fn internal_git(seed: &mut Seed) {
    seed.provider(ProviderSpec {
        device: true,
        ..ProviderSpec::new("internal-git", "internal-git", "")
    });
}
