use super::{
    LinkSpec, ProviderSpec, Seed,
    default::{self, HOUR_MS, MINUTE_MS, linked},
};
use crate::{
    coder::RevocationStyle,
    provider::{Behaviour, DeviceErrors, TokenStatus},
    wire::{Expiry, Installation},
};

/// Three providers with the device flow, and two with the redirect flow.
pub(super) fn seed(seed: &mut Seed) {
    default::internal_git(seed);
    github_device(seed);
    gitlab_device(seed);
    default::github(seed);
    default::gitlab_provider(seed);
}

/// Not linked; has an installation once it is.
fn github_device(seed: &mut Seed) {
    seed.provider(ProviderSpec {
        icon: "github",
        device: true,
        revocation: Some(RevocationStyle::Github),
        installable: true,
        ..ProviderSpec::new("github-device", "github", "GitHub Device")
    });
    let origin = seed.origins.provider.clone();
    if let Some(mut service) = seed.service("github-device") {
        service.installations = vec![Installation {
            id: 81,
            account: service.account("ada").cloned(),
            configure_url: format!("{origin}/github-device/installations/81"),
        }];
    }
}

/// Linked, but revoked at the provider, which answers polls as RFC 6749 §5.2
/// says.
fn gitlab_device(seed: &mut Seed) {
    seed.provider(ProviderSpec {
        icon: "gitlab",
        device: true,
        revocation: Some(RevocationStyle::Rfc7009),
        token_lifetime_ms: Some(2 * HOUR_MS),
        refresh_tokens: true,
        behaviour: Behaviour {
            device_errors: DeviceErrors::Wrapped,
            ..Behaviour::default()
        },
        ..ProviderSpec::new("gitlab-device", "gitlab", "GitLab Device")
    });
    let link = LinkSpec {
        updated_at: Some(seed.now.plus_ms(-20 * MINUTE_MS)),
        expires: Expiry::At(seed.now.plus_ms(100 * MINUTE_MS)),
        has_refresh_token: true,
        status: TokenStatus::Revoked,
        ..linked(seed, 60)
    };
    seed.link("gitlab-device", link);
}
