use std::collections::BTreeMap;

use external_auth_core::Timestamp;

use super::{
    Behaviour, Client, Token, TokenStatus, authorization_code::AuthorizationCode, consent::Consent,
    device_code::DeviceCode,
};
use crate::{
    random,
    wire::{Account, Installation},
};

/// An OAuth 2.0 provider with one registered client, the deployment.
#[derive(Debug)]
pub(crate) struct Service {
    /// Its path on the providers' origin; equal to the deployment's provider id.
    pub(crate) id: String,
    /// The name that its pages show.
    pub(crate) name: String,
    /// Whether its API is GitHub's: rate limits, installations, grants.
    pub(crate) is_github: bool,
    pub(crate) client: Client,
    /// All accounts.
    pub(crate) accounts: Vec<Account>,
    /// The login that the browser is signed in with.
    pub(crate) signed_in: String,
    /// Whether an authorization request without PKCE is refused (RFC 7636
    /// §4.4.1).
    pub(crate) requires_pkce: bool,
    /// The lifetime of an access token; unlimited when none.
    pub(crate) token_lifetime_ms: Option<i64>,
    /// Whether it issues refresh tokens.
    pub(crate) refresh_tokens: bool,
    /// Whether a refresh token is valid once, and is replaced by another.
    pub(crate) rotate_refresh_tokens: bool,
    /// The installations of the client's app.
    pub(crate) installations: Vec<Installation>,
    pub(crate) behaviour: Behaviour,
    /// The open consent pages, by the id of the request.
    pub(crate) consents: BTreeMap<String, Consent>,
    pub(crate) codes: BTreeMap<String, AuthorizationCode>,
    /// The device codes, oldest first.
    pub(crate) device_codes: Vec<DeviceCode>,
    pub(crate) tokens: Vec<Token>,
    /// The number of requests to each endpoint.
    pub(crate) calls: BTreeMap<&'static str, u64>,
}

impl Service {
    /// The account of that login.
    pub(crate) fn account(&self, login: &str) -> Option<&Account> {
        self.accounts.iter().find(|account| account.login == login)
    }

    /// The token with this access token, if it is valid.
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
            access: format!("access-{}", random::hex(2)),
            refresh: self
                .refresh_tokens
                .then(|| format!("refresh-{}", random::hex(2))),
            expires: self.token_lifetime_ms.map(|lifetime| now.plus_ms(lifetime)),
            issued: now,
            status: TokenStatus::Active,
            code,
        };
        self.tokens.push(token.clone());
        token
    }

    /// Removes the token with this access token, and returns it.
    pub(crate) fn take_token(&mut self, access: &str) -> Option<Token> {
        let position = self
            .tokens
            .iter()
            .position(|token| token.access == access)?;
        Some(self.tokens.remove(position))
    }

    /// Revokes the grant of an account: all its tokens.
    pub(crate) fn revoke_grant(&mut self, login: &str) {
        self.revoke_where(|token| token.login == login);
    }

    /// Revokes the tokens that `chosen` selects.
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
