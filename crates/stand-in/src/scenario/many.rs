use super::{
    LinkSpec, ProviderSpec, Seed,
    default::{DAY_MS, HOUR_MS, MINUTE_MS, linked},
};
use crate::{
    avatar::avatar,
    coder::RevocationStyle,
    provider::{Behaviour, TokenStatus, Validate},
    wire::{Account, Expiry, Installation},
};

/// The default number of providers.
pub(super) const PROVIDERS: usize = 250;

/// The number of installations of the first and of the second linked provider:
/// more than the page shows at first, and so many that a person searches them.
const INSTALLATIONS: [u64; 2] = [27, 9];

/// The type of a provider, with its name and icon.
struct Kind {
    /// The type on the wire.
    wire: &'static str,
    /// The icon, and the prefix of the id.
    icon: &'static str,
    name: &'static str,
}

const GITHUB: Kind = kind("github", "github", "GitHub");
const GITLAB: Kind = kind("gitlab", "gitlab", "GitLab");
const GITEA: Kind = kind("gitea", "gitea", "Gitea");
const BITBUCKET: Kind = kind("bitbucket-cloud", "bitbucket", "Bitbucket");
const AZURE_DEVOPS: Kind = kind("azure-devops", "azure-devops", "Azure DevOps");
const SLACK: Kind = kind("slack", "slack", "Slack");
const JFROG: Kind = kind("jfrog", "jfrog", "Artifactory");
const OTHER: Kind = kind("", "git", "Git Server");

const KINDS: [Kind; 8] = [
    GITHUB,
    GITLAB,
    GITEA,
    BITBUCKET,
    AZURE_DEVOPS,
    SLACK,
    JFROG,
    OTHER,
];

/// The teams, whose names are part of the providers' names.
const TEAMS: [&str; 10] = [
    "Platform", "Payments", "Data", "Mobile", "Security", "Research", "Support", "Billing",
    "Design", "Storage",
];

const fn kind(wire: &'static str, icon: &'static str, name: &'static str) -> Kind {
    Kind { wire, icon, name }
}

/// A deployment of many teams. Two fifths of the providers are linked, most of
/// the type `github`; a few need attention. Also two orphans.
pub(super) fn seed(seed: &mut Seed, providers: usize) {
    let mut links = 0;
    for number in 0..providers {
        if is_linked(number) {
            linked_provider(seed, number, links);
            links += 1;
        } else {
            let kind = &KINDS[number % KINDS.len()];
            seed.provider(spec(kind, number));
        }
    }
    for (id, days) in [("old-gitlab", 900), ("retired-git", 1400)] {
        let link = linked(seed, days);
        seed.link(id, link);
    }
}

/// Whether the provider is linked: two of five, not adjacent.
fn is_linked(number: usize) -> bool {
    matches!(number % 5, 0 | 3)
}

/// The provider of a number, as far as its kind determines it.
fn spec(kind: &Kind, number: usize) -> ProviderSpec {
    let (team, round) = (TEAMS[number % TEAMS.len()], number / TEAMS.len() + 1);
    // The sixth has the name of the fourth: names need not be unique.
    let named_after = if number == 5 { TEAMS[3] } else { team };
    let id = format!("{}-{}-{round}", kind.icon, team.to_lowercase());
    let name = format!("{} {named_after} {round}", kind.name);
    ProviderSpec {
        icon: kind.icon,
        device: kind.wire.is_empty(),
        allow_validate: kind.wire != "jfrog",
        revocation: match kind.wire {
            "github" => Some(RevocationStyle::Github),
            "gitlab" | "gitea" | "slack" => Some(RevocationStyle::Rfc7009),
            _ => None,
        },
        pkce: kind.wire == "gitlab",
        installable: kind.wire == "github",
        token_lifetime_ms: (kind.wire == "gitlab").then_some(2 * HOUR_MS),
        refresh_tokens: kind.wire == "gitlab",
        ..ProviderSpec::new(&id, kind.wire, &name)
    }
}

/// The linked provider of that number; `place` linked providers come before it.
fn linked_provider(seed: &mut Seed, number: usize, place: usize) {
    let kind = match place % 10 {
        6 => &GITLAB,
        7 => &GITEA,
        8 => &[BITBUCKET, AZURE_DEVOPS, SLACK][place / 10 % 3],
        9 => &[OTHER, JFROG][place / 10 % 2],
        _ => &GITHUB,
    };
    let mut provider = spec(kind, number);
    let id = provider.id.clone();
    let days = i64::try_from(place * 37 % 700).unwrap_or_default() + 1;
    let mut link = linked(seed, days);
    if provider.refresh_tokens {
        link = LinkSpec {
            updated_at: Some(seed.now.plus_ms(-20 * MINUTE_MS)),
            expires: Expiry::At(seed.now.plus_ms(100 * MINUTE_MS)),
            has_refresh_token: true,
            ..link
        };
    }
    match place % 40 {
        11 => link.status = TokenStatus::Revoked,
        13 => link.expires = Expiry::At(seed.now.plus_ms(-days * HOUR_MS)),
        17 => {
            provider.behaviour = Behaviour {
                validate: Validate::Unavailable,
                ..Behaviour::default()
            };
        }
        5 | 25 => {
            let left = i64::try_from(place % 7).unwrap_or_default() + 2;
            link.expires = Expiry::At(seed.now.plus_ms(left * DAY_MS));
        }
        _ => {}
    }
    let is_github = provider.kind == "github";
    seed.provider(provider);
    seed.link(&id, link);
    if is_github {
        install(seed, &id, place);
    }
}

/// The installations of a provider: mostly a few, sometimes none, and many for
/// the first providers.
fn install(seed: &mut Seed, id: &str, place: usize) {
    let count = match (INSTALLATIONS.get(place), place % 40) {
        (Some(&count), _) => count,
        (None, 22) => 0,
        (None, rest) => u64::try_from(rest % 3).unwrap_or_default() + 1,
    };
    let origin = seed.origins.provider.clone();
    if let Some(mut service) = seed.service(id) {
        let own = service.account("ada").cloned();
        let organisations =
            (1..count).map(|number| Some(organisation(&format!("{origin}/{id}"), number)));
        service.installations = own
            .map(Some)
            .into_iter()
            .filter(|_| count > 0)
            .chain(organisations)
            .zip(1..)
            .map(|(account, number)| Installation {
                id: number,
                account,
                configure_url: format!("{origin}/{id}/installations/{number}"),
            })
            .collect();
    }
}

/// An organisation with a unique name.
fn organisation(service: &str, number: u64) -> Account {
    const FIELDS: [&str; 6] = ["atlas", "borealis", "cobalt", "delta", "ember", "foundry"];
    let field = FIELDS[usize::try_from(number).unwrap_or_default() % FIELDS.len()];
    let login = format!("{field}-labs-{number}");
    Account {
        id: 5000 + number,
        name: format!("{}{} Labs {number}", field[..1].to_uppercase(), &field[1..]),
        avatar_url: avatar(&login),
        profile_url: format!("{service}/people/{login}"),
        login,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::origins::Origins;
    use external_auth_core::Timestamp;

    fn seeded(providers: usize) -> Seed {
        let origins = Origins {
            deployment: "http://127.0.0.1:1".to_owned(),
            provider: "http://127.0.0.1:2".to_owned(),
        };
        let mut seed = Seed::new(Timestamp::from_unix_ms(1_780_000_000_000), origins);
        super::seed(&mut seed, providers);
        seed
    }

    #[test]
    fn two_fifths_are_linked_and_two_orphans_are_added() {
        for (providers, links) in [(1, 1), (5, 2), (250, 100), (1000, 400)] {
            let deployment = seeded(providers).deployment;
            assert_eq!(deployment.providers.len(), providers);
            let ids = deployment.linked_ids("ada");
            let (known, orphans): (Vec<_>, Vec<_>) =
                ids.iter().partition(|id| deployment.provider(id).is_some());
            assert_eq!((known.len(), orphans.len()), (links, 2), "{providers}");
        }
    }

    #[test]
    fn ids_are_unique_and_one_name_occurs_twice() {
        let providers = seeded(1000).deployment.providers;
        let different = |values: Vec<&str>| values.into_iter().collect::<BTreeSet<_>>().len();
        let ids = providers.iter().map(|known| known.wire.id.as_str());
        assert_eq!(different(ids.collect()), 1000);
        let names = providers
            .iter()
            .map(|known| known.wire.display_name.as_str());
        assert_eq!(different(names.collect()), 999);
    }

    #[test]
    fn every_kind_is_linked_and_most_are_github() {
        let deployment = seeded(PROVIDERS).deployment;
        let kinds: Vec<_> = deployment
            .linked_ids("ada")
            .iter()
            .filter_map(|id| deployment.provider(id))
            .map(|provider| provider.wire.kind.clone())
            .collect();
        for kind in &KINDS {
            assert!(
                kinds.iter().any(|found| found == kind.wire),
                "{}",
                kind.wire
            );
        }
        let of_github = kinds.iter().filter(|kind| *kind == "github").count();
        assert_eq!(of_github, 60);
    }

    #[test]
    fn the_first_providers_have_many_installations_with_different_logins() {
        let seed = seeded(PROVIDERS);
        for (id, count) in [("github-platform-1", 27), ("github-mobile-1", 9)] {
            let service = seed.service(id).unwrap();
            let logins: BTreeSet<_> = service
                .installations
                .iter()
                .map(|known| known.account.as_ref().unwrap().login.as_str())
                .collect();
            assert_eq!(logins.len(), count, "{id}");
        }
    }
}
