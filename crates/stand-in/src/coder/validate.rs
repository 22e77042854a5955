use axum::http::StatusCode;
use serde_json::Value;

use super::{Coder, ConfiguredProvider, provider_answer::ProviderAnswer};
use crate::wire::Account;

/// What a provider answers about a token.
pub(super) enum Validation {
    /// The token is valid, as far as is known. The account is known only for
    /// the type `github`.
    Valid(Option<Account>),
    /// The token is not valid.
    Invalid,
    /// The provider could not be asked.
    Failed(String),
}

/// Validates a token at the provider.
pub(super) async fn validate(
    coder: &Coder,
    provider: &ConfiguredProvider,
    access_token: &str,
) -> Validation {
    // Without a user endpoint a token counts as valid.
    if !provider.wire.allow_validate {
        return Validation::Valid(None);
    }
    let received = match coder.provider.get(provider, "user", access_token).await {
        Ok(received) => received,
        Err(reason) => return Validation::Failed(reason),
    };
    match received.status {
        StatusCode::OK => Validation::Valid(
            provider
                .wire
                .is_github()
                .then(|| account_of(&received.json()))
                .flatten(),
        ),
        _ if is_rate_limit(&received) => Validation::Valid(None),
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Validation::Invalid,
        _ => Validation::Failed(received.quoted()),
    }
}

/// Whether the answer is a rate limit, which says nothing about the token:
/// `429`, or GitHub's `403` with one of two headers.
fn is_rate_limit(received: &ProviderAnswer) -> bool {
    let headers = &received.headers;
    match received.status {
        StatusCode::TOO_MANY_REQUESTS => true,
        StatusCode::FORBIDDEN => {
            headers.contains_key("retry-after")
                || headers
                    .get("x-ratelimit-remaining")
                    .is_some_and(|left| left == "0")
        }
        _ => false,
    }
}

/// The account in an answer of GitHub's API.
pub(super) fn account_of(body: &Value) -> Option<Account> {
    let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
    body.is_object().then(|| Account {
        id: body["id"].as_u64().unwrap_or_default(),
        login: text("login"),
        name: text("name"),
        avatar_url: text("avatar_url"),
        profile_url: text("html_url"),
    })
}
