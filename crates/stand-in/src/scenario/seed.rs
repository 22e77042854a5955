use std::{collections::BTreeMap, sync::MutexGuard};

use external_auth_core::Timestamp;

use super::{LinkSpec, ProviderSpec};
use crate::{
    avatar::avatar,
    coder::{ConfiguredProvider, DEFAULT_ICON, Deployment, FIRST_USER, StoredLink, User},
    fault::Fault,
    origins::Origins,
    provider::{Client, Revoke, Service, ServiceHandle, Services, Token},
    random,
    wire::{Account, Expiry, Provider},
};

/// The state that a scenario fills.
pub(crate) struct Seed {
    pub(crate) now: Timestamp,
    pub(crate) origins: Origins,
    pub(crate) deployment: Deployment,
    pub(crate) services: Services,
    pub(crate) faults: Vec<Fault>,
}

impl Seed {
    /// Only the deployment's users.
    pub(crate) fn new(now: Timestamp, origins: Origins) -> Self {
        let users = vec![
            user(
                "7f4d2c10-0000-4000-8000-000000000001",
                FIRST_USER,
                "Ada Lovelace",
            ),
            user(
                "7f4d2c10-0000-4000-8000-000000000002",
                "grace",
                "Grace Hopper",
            ),
        ];
        Self {
            now,
            origins,
            deployment: Deployment::new(users),
            services: Services::default(),
            faults: Vec::new(),
        }
    }

    /// Adds a provider: its configuration and its service.
    pub(crate) fn provider(&mut self, spec: ProviderSpec) {
        add_provider(
            &mut self.deployment,
            &mut self.services,
            &self.origins,
            spec,
        );
    }

    /// Links the first user to a provider.
    pub(crate) fn link(&mut self, provider: &str, spec: LinkSpec) {
        add_link(
            &mut self.deployment,
            &self.services,
            self.now,
            FIRST_USER,
            provider,
            spec,
        );
    }

    /// The service of a provider, locked.
    pub(crate) fn service(&self, id: &str) -> Option<MutexGuard<'_, Service>> {
        self.services.get(id).map(ServiceHandle::lock)
    }
}

fn user(id: &str, username: &str, name: &str) -> User {
    User {
        id: id.to_owned(),
        username: username.to_owned(),
        name: name.to_owned(),
        email: format!("{username}@example.com"),
        avatar_url: avatar(username),
    }
}

/// Adds a provider: its configuration and its service.
pub(crate) fn add_provider(
    deployment: &mut Deployment,
    services: &mut Services,
    origins: &Origins,
    spec: ProviderSpec,
) {
    let id = spec.id;
    let client = Client {
        id: format!("{id}-client"),
        secret: format!("{id}-secret"),
        redirect_uri: format!("{}/external-auth/{id}/callback", origins.deployment),
    };
    let app_install_url = if spec.installable {
        format!("{}/{id}/apps/install", origins.provider)
    } else {
        String::new()
    };
    let icon = spec.icon;
    deployment.providers.push(ConfiguredProvider {
        wire: Provider {
            id: id.clone(),
            kind: spec.kind.clone(),
            device: spec.device,
            // Coder uses the type as the name when the operator gives none.
            display_name: if spec.name.is_empty() {
                spec.kind.clone()
            } else {
                spec.name.clone()
            },
            display_icon: if icon.is_empty() {
                DEFAULT_ICON.to_owned()
            } else {
                format!("/icon/{icon}.svg")
            },
            allow_refresh: spec.allow_refresh,
            allow_validate: spec.allow_validate,
            supports_revocation: spec.revocation.is_some(),
            code_challenge_methods_supported: if spec.pkce {
                vec!["S256".to_owned()]
            } else {
                Vec::new()
            },
        },
        revocation: spec.revocation.unwrap_or_default(),
        app_install_url,
        has_installations_url: spec.installable,
        silent_revocation: spec.behaviour.revoke == Revoke::Silent,
        shared_refresh: true,
        client_id: client.id.clone(),
        client_secret: client.secret.clone(),
    });
    let name = if spec.name.is_empty() {
        id.clone()
    } else {
        spec.name
    };
    let accounts = ["ada", "grace"]
        .map(|login| default_account(origins, &id, login))
        .to_vec();
    services.insert(Service {
        id,
        name,
        is_github: spec.kind.eq_ignore_ascii_case("github"),
        client,
        accounts,
        signed_in: FIRST_USER.to_owned(),
        requires_pkce: spec.pkce,
        token_lifetime_ms: spec.token_lifetime_ms,
        refresh_tokens: spec.refresh_tokens,
        rotate_refresh_tokens: true,
        installations: Vec::new(),
        behaviour: spec.behaviour,
        consents: BTreeMap::new(),
        codes: BTreeMap::new(),
        device_codes: Vec::new(),
        tokens: Vec::new(),
        calls: BTreeMap::new(),
    });
}

/// Links a user to a provider. The service, if there is one, gets the token.
pub(crate) fn add_link(
    deployment: &mut Deployment,
    services: &Services,
    now: Timestamp,
    user: &str,
    provider: &str,
    spec: LinkSpec,
) {
    let created_at = spec.created_at.unwrap_or(now);
    let updated_at = spec.updated_at.unwrap_or(created_at);
    let token = Token {
        login: spec.login,
        access: format!("access-{}", random::hex(2)),
        refresh: spec
            .has_refresh_token
            .then(|| format!("refresh-{}", random::hex(2))),
        expires: match spec.expires {
            Expiry::At(instant) => Some(instant),
            Expiry::Never | Expiry::Null => None,
        },
        issued: updated_at,
        status: spec.status,
        code: None,
    };
    let link = StoredLink {
        created_at,
        updated_at,
        access_token: token.access.clone(),
        refresh_token: token.refresh.clone(),
        expires: spec.expires,
        refresh_failure: spec.refresh_failure,
    };
    deployment.insert_link(user, provider, link);
    if let Some(service) = services.get(provider) {
        service.lock().tokens.push(token);
    }
}

/// The account of a login at a service. Every service has those of `ada` and
/// `grace`.
pub(crate) fn default_account(origins: &Origins, service: &str, login: &str) -> Account {
    let (id, name) = if login == "grace" {
        (1906, "Grace Hopper")
    } else {
        (1815, "Ada Lovelace")
    };
    Account {
        id,
        login: login.to_owned(),
        name: name.to_owned(),
        avatar_url: avatar(login),
        profile_url: format!("{}/{service}/people/{login}", origins.provider),
    }
}
