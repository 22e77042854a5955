use std::collections::BTreeMap;

use serde_json::Value;

use super::{
    ConfiguredProvider, StoredLink, User, rate_limit::RateLimit, sessions::Sessions,
    shared_refresh::RunningRefreshes,
};

/// What the deployment keeps.
#[derive(Debug, Default)]
pub(crate) struct Deployment {
    pub(crate) users: Vec<User>,
    pub(crate) providers: Vec<ConfiguredProvider>,
    pub(crate) sessions: Sessions,
    pub(crate) rate_limit: RateLimit,
    pub(crate) refreshes: RunningRefreshes,
    /// What browsers reported as blocked by the Content Security Policy.
    pub(crate) csp_violations: Vec<Value>,
    /// By user name and provider id.
    links: BTreeMap<(String, String), StoredLink>,
}

impl Deployment {
    /// A deployment that has only users.
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

    /// Links with new tokens. An existing link keeps its `created_at`.
    pub(crate) fn save_new_tokens(&mut self, user: &str, provider: &str, tokens: StoredLink) {
        let created_at = self
            .link(user, provider)
            .map_or(tokens.created_at, |link| link.created_at);
        let link = StoredLink {
            created_at,
            ..tokens
        };
        self.insert_link(user, provider, link);
    }

    /// Removes a link and returns it.
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
