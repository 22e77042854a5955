use std::collections::BTreeMap;

use external_auth_core::Timestamp;
use serde::{Deserialize, Serialize};

use super::{behaviour::Behaviour, device_code::DeviceCode};
use crate::wire::{Account, Installation};

/// What all providers know: each is a service below a path of its own.
#[derive(Debug, Default)]
pub(crate) struct Directory {
    services: BTreeMap<String, Service>,
}

impl Directory {
    /// The service of that name.
    pub(crate) fn service(&self, id: &str) -> Option<&Service> {
        self.services.get(id)
    }

    /// The service of that name, to change it.
    pub(crate) fn service_mut(&mut self, id: &str) -> Option<&mut Service> {
        self.services.get_mut(id)
    }

    /// All services.
    pub(crate) fn services(&self) -> impl Iterator<Item = &Service> {
        self.services.values()
    }

    /// Adds a service, or replaces it.
    pub(crate) fn insert(&mut self, service: Service) {
        self.services.insert(service.id.clone(), service);
    }
}

/// One OAuth 2.0 provider, with one registered client: the deployment.
#[derive(Debug)]
pub(crate) struct Service {
    /// Its path on the provider's origin; the same as Coder's provider id.
    pub(crate) id: String,
    /// Its name for a person.
    pub(crate) name: String,
    /// Whether its API is GitHub's: rate limits, installations, grants.
    pub(crate) is_github: bool,
    pub(crate) client: Client,
    /// Who has an account.
    pub(crate) accounts: Vec<Account>,
    /// Whose session the browser has there.
    pub(crate) signed_in: String,
    /// Whether an authorization without PKCE is refused (RFC 7636 §4.4.1).
    pub(crate) requires_pkce: bool,
    /// How long an access token lives; for ever when none.
    pub(crate) token_lifetime_ms: Option<i64>,
    /// Whether it issues refresh tokens.
    pub(crate) refresh_tokens: bool,
    /// Whether a refresh token works once, and another one follows it.
    pub(crate) rotate_refresh_tokens: bool,
    /// Where the client's app is installed.
    pub(crate) installations: Vec<Installation>,
    pub(crate) behaviour: Behaviour,
    /// Consent pages that wait for their answer.
    pub(crate) consents: BTreeMap<String, Consent>,
    pub(crate) codes: BTreeMap<String, Code>,
    /// Of the device flow, oldest first.
    pub(crate) device_codes: Vec<DeviceCode>,
    pub(crate) tokens: Vec<Token>,
    /// How often the deployment asked, for each endpoint.
    pub(crate) calls: BTreeMap<&'static str, u64>,
}

/// The deployment, as the provider has registered it (RFC 6749 §2).
#[derive(Debug, Clone)]
pub(crate) struct Client {
    pub(crate) id: String,
    pub(crate) secret: String,
    pub(crate) redirect_uri: String,
}

/// An authorization request that a person looks at.
#[derive(Debug, Clone)]
pub(crate) struct Consent {
    pub(crate) state: String,
    /// The PKCE challenge (RFC 7636 §4.2), S256.
    pub(crate) challenge: Option<String>,
    pub(crate) ends: Timestamp,
}

/// An authorization code (RFC 6749 §1.3.1).
#[derive(Debug, Clone)]
pub(crate) struct Code {
    pub(crate) login: String,
    pub(crate) challenge: Option<String>,
    pub(crate) ends: Timestamp,
    pub(crate) used: bool,
}

/// An access token with its refresh token, and what became of them.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    pub(crate) login: String,
    pub(crate) access: String,
    pub(crate) refresh: Option<String>,
    pub(crate) expires: Option<Timestamp>,
    pub(crate) issued: Timestamp,
    pub(crate) status: TokenStatus,
    /// The code that it was issued for, if it was.
    pub(crate) code: Option<String>,
}

/// What became of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum TokenStatus {
    /// Valid until it expires.
    Active,
    /// Ended by its user or by the client.
    Revoked,
    /// Its refresh token was used; another one follows it.
    Replaced,
}

impl Service {
    /// The account of that login.
    pub(crate) fn account(&self, login: &str) -> Option<&Account> {
        self.accounts.iter().find(|account| account.login == login)
    }

    /// The token that a bearer shows, if it is valid.
    pub(crate) fn valid_token(&self, access: &str, now: Timestamp) -> Option<&Token> {
        self.tokens.iter().find(|token| {
            token.access == access
                && token.status == TokenStatus::Active
                && token.expires.is_none_or(|expires| now < expires)
        })
    }

    /// Issues a token.
    pub(crate) fn issue(&mut self, login: &str, code: Option<String>, now: Timestamp) -> Token {
        let token = Token {
            login: login.to_owned(),
            access: format!("access-{}", crate::random::hex(2)),
            refresh: self
                .refresh_tokens
                .then(|| format!("refresh-{}", crate::random::hex(2))),
            expires: self.token_lifetime_ms.map(|lifetime| now.plus_ms(lifetime)),
            issued: now,
            status: TokenStatus::Active,
            code,
        };
        self.tokens.push(token.clone());
        token
    }

    /// Ends every token that `login` gave the client: the grant.
    pub(crate) fn revoke_grant(&mut self, login: &str) {
        self.revoke_where(|token| token.login == login);
    }

    /// Ends the tokens for which `chosen` holds.
    pub(crate) fn revoke_where(&mut self, chosen: impl Fn(&Token) -> bool) {
        for token in &mut self.tokens {
            if token.status == TokenStatus::Active && chosen(token) {
                token.status = TokenStatus::Revoked;
            }
        }
    }

    /// Counts a request to an endpoint.
    pub(crate) fn count(&mut self, endpoint: &'static str) {
        *self.calls.entry(endpoint).or_default() += 1;
    }
}
