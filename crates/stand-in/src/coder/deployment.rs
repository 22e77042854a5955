use std::collections::BTreeMap;

use external_auth_core::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{rate_limit::RateLimit, sessions::Sessions, shared_refresh::RunningRefreshes};
use crate::wire::{Expiry, Link, Provider, Time};

/// What a Coder keeps.
#[derive(Debug, Default)]
pub(crate) struct Deployment {
    pub(crate) users: Vec<User>,
    pub(crate) providers: Vec<ConfiguredProvider>,
    pub(crate) sessions: Sessions,
    pub(crate) rate_limit: RateLimit,
    pub(crate) refreshes: RunningRefreshes,
    /// What browsers said that the Content Security Policy blocked.
    pub(crate) csp_violations: Vec<Value>,
    /// By user name and provider id.
    links: BTreeMap<(String, String), StoredLink>,
}

/// Someone with an account on the deployment.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct User {
    pub(crate) id: String,
    pub(crate) username: String,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) avatar_url: String,
}

/// A provider as the operator has configured it.
#[derive(Debug, Clone)]
pub(crate) struct ConfiguredProvider {
    /// What the list tells of it.
    pub(crate) wire: Provider,
    /// How tokens are given back, where `wire.supports_revocation`.
    pub(crate) revocation: RevocationStyle,
    pub(crate) app_install_url: String,
    /// Whether there is an address to ask where the app is installed.
    pub(crate) has_installations_url: bool,
    /// Whether an unlink tells neither that the token was revoked nor why not,
    /// as other servers may.
    pub(crate) silent_revocation: bool,
    /// Whether refreshes are shared, and go on without the request; not so on
    /// servers before July 2026.
    pub(crate) shared_refresh: bool,
    pub(crate) client_id: String,
    pub(crate) client_secret: String,
}

/// How a provider takes tokens back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum RevocationStyle {
    /// `POST` of the token (RFC 7009).
    #[default]
    Rfc7009,
    /// `DELETE` of the grant, as GitHub's API has it.
    Github,
}

/// A link with its tokens.
#[derive(Debug, Clone)]
pub(crate) struct StoredLink {
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
    pub(crate) access_token: String,
    pub(crate) refresh_token: Option<String>,
    pub(crate) expires: Expiry,
    /// When and why refreshing failed for good.
    pub(crate) refresh_failure: Option<(Timestamp, String)>,
}

impl StoredLink {
    /// As the list tells it.
    pub(crate) fn to_wire(&self, provider_id: &str) -> Link {
        Link {
            provider_id: provider_id.to_owned(),
            created_at: Time(self.created_at),
            updated_at: Time(self.updated_at),
            has_refresh_token: self.refresh_token.is_some(),
            expires: self.expires,
            authenticated: false,
            validate_error: String::new(),
        }
    }
}

impl Deployment {
    /// One that has users, and nothing else.
    pub(crate) fn new(users: Vec<User>) -> Self {
        Self {
            users,
            ..Self::default()
        }
    }

    /// The user of that name.
    pub(crate) fn user(&self, username: &str) -> Option<&User> {
        self.users.iter().find(|user| user.username == username)
    }

    /// The provider of that id.
    pub(crate) fn provider(&self, id: &str) -> Option<&ConfiguredProvider> {
        self.providers
            .iter()
            .find(|provider| provider.wire.id == id)
    }

    /// The provider of that id, to change it.
    pub(crate) fn provider_mut(&mut self, id: &str) -> Option<&mut ConfiguredProvider> {
        self.providers
            .iter_mut()
            .find(|provider| provider.wire.id == id)
    }

    /// The link of a user to a provider.
    pub(crate) fn link(&self, user: &str, provider: &str) -> Option<&StoredLink> {
        self.links.get(&key(user, provider))
    }

    /// The link of a user to a provider, to change it.
    pub(crate) fn link_mut(&mut self, user: &str, provider: &str) -> Option<&mut StoredLink> {
        self.links.get_mut(&key(user, provider))
    }

    /// Adds a link, or replaces it.
    pub(crate) fn insert_link(&mut self, user: &str, provider: &str, link: StoredLink) {
        self.links.insert(key(user, provider), link);
    }

    /// Links with tokens that were just issued. A link that was there before
    /// keeps the day on which it was made.
    pub(crate) fn link_anew(&mut self, user: &str, provider: &str, tokens: StoredLink) {
        let created_at = self
            .link(user, provider)
            .map_or(tokens.created_at, |link| link.created_at);
        let link = StoredLink {
            created_at,
            ..tokens
        };
        self.insert_link(user, provider, link);
    }

    /// Removes a link, and gives it back.
    pub(crate) fn remove_link(&mut self, user: &str, provider: &str) -> Option<StoredLink> {
        self.links.remove(&key(user, provider))
    }

    /// The ids of the providers that a user has linked.
    pub(crate) fn linked_ids(&self, user: &str) -> Vec<String> {
        self.links
            .keys()
            .filter(|(owner, _)| owner == user)
            .map(|(_, provider)| provider.clone())
            .collect()
    }

    /// All links: user name, provider id, link.
    pub(crate) fn links(&self) -> impl Iterator<Item = (&str, &str, &StoredLink)> {
        self.links
            .iter()
            .map(|((user, provider), link)| (user.as_str(), provider.as_str(), link))
    }
}

fn key(user: &str, provider: &str) -> (String, String) {
    (user.to_owned(), provider.to_owned())
}
