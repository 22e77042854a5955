use std::fmt::Write;

use external_auth_core::Timestamp;

use super::{
    Coder,
    deployment::{ConfiguredProvider, StoredLink},
    provider_client::Received,
};
use crate::{form::Form, wire::Expiry};

/// How long a refresh that fails in passing is tried again.
const RETRY_FOR_MS: i64 = 10_000;
const FIRST_PAUSE_MS: i64 = 500;

/// The link with a token that has not expired; else why there is none.
///
/// A refresh token is used up when the provider reads it. Whoever drops this
/// future before the provider's answer is here loses the new one, as a client
/// of a Coder does that goes away in the middle of a list.
pub(super) async fn refresh(
    coder: &Coder,
    user: &str,
    provider: &ConfiguredProvider,
    link: StoredLink,
) -> Result<StoredLink, String> {
    let now = coder.shared.clock.now();
    if !link.expires.is_past(now) {
        return Ok(link);
    }
    if let Some((failed_at, reason)) = &link.refresh_failure {
        return Err(format!(
            "token expired and refreshing failed {} with: {reason}",
            ago(*failed_at, now)
        ));
    }
    let Some(refresh_token) = link
        .refresh_token
        .clone()
        .filter(|_| provider.wire.allow_refresh)
    else {
        return Err(
            "token expired, refreshing is either disabled or refreshing failed and will not be retried".to_owned(),
        );
    };
    let id = &provider.wire.id;
    match ask(coder, provider, &refresh_token).await {
        Ok(tokens) => {
            let renewed = StoredLink {
                created_at: link.created_at,
                ..tokens
            };
            let mut deployment = coder.shared.deployment();
            // Someone may have unlinked or linked anew in the meantime.
            if let Some(stored) = deployment.link_mut(user, id)
                && stored.refresh_token.as_ref() == Some(&refresh_token)
            {
                *stored = renewed.clone();
            }
            Ok(renewed)
        }
        Err(failure) => {
            if failure.is_final
                && let Some(stored) = coder.shared.deployment().link_mut(user, id)
                && stored.refresh_token.as_ref() == Some(&refresh_token)
            {
                stored.refresh_failure = Some((coder.shared.clock.now(), failure.reason.clone()));
            }
            Err(format!("refresh token: {}", failure.reason))
        }
    }
}

struct Failure {
    reason: String,
    is_final: bool,
}

/// Asks the token endpoint, again and again while it fails in passing.
async fn ask(
    coder: &Coder,
    provider: &ConfiguredProvider,
    refresh_token: &str,
) -> Result<StoredLink, Failure> {
    let clock = &coder.shared.clock;
    let deadline = clock.now().plus_ms(RETRY_FOR_MS);
    let mut pause_ms = FIRST_PAUSE_MS;
    loop {
        let form = Form::default()
            .with("grant_type", "refresh_token")
            .with("refresh_token", refresh_token);
        let failure = match coder.provider.post_form(provider, "token", form).await {
            Ok(received) => match tokens_of(&received, clock.now()) {
                Ok(tokens) => return Ok(tokens),
                Err(reason) => Failure {
                    reason,
                    is_final: received.status.is_client_error(),
                },
            },
            Err(reason) => Failure {
                reason,
                is_final: false,
            },
        };
        let now = clock.now();
        if failure.is_final || now >= deadline {
            return Err(failure);
        }
        clock.sleep_until(now.plus_ms(pause_ms).min(deadline)).await;
        pause_ms *= 2;
    }
}

/// The tokens of a token endpoint's answer (RFC 6749 §5.1); else its error.
pub(super) fn tokens_of(received: &Received, now: Timestamp) -> Result<StoredLink, String> {
    let body = received.json();
    let access_token = body["access_token"].as_str().unwrap_or_default();
    if received.status.is_success() && !access_token.is_empty() {
        return Ok(StoredLink {
            created_at: now,
            updated_at: now,
            access_token: access_token.to_owned(),
            refresh_token: body["refresh_token"].as_str().map(str::to_owned),
            expires: match body["expires_in"].as_i64() {
                Some(seconds) => Expiry::At(now.plus_ms(seconds.saturating_mul(1000))),
                None => Expiry::Never,
            },
            refresh_failure: None,
        });
    }
    let Some(error) = body["error"].as_str() else {
        return Err(format!(
            "oauth2: cannot fetch token: {}\nResponse: {}",
            received.status.as_u16(),
            received.body
        ));
    };
    let mut reason = format!("oauth2: {error:?}");
    if let Some(description) = body["error_description"].as_str() {
        let _ = write!(reason, " {description:?}");
    }
    Err(reason)
}

/// `5 minutes ago`.
fn ago(then: Timestamp, now: Timestamp) -> String {
    let seconds = now.ms_since(then).max(0) / 1000;
    let (count, unit) = match seconds {
        0 => return "now".to_owned(),
        1..60 => (seconds, "second"),
        60..3600 => (seconds / 60, "minute"),
        3600..86_400 => (seconds / 3600, "hour"),
        _ => (seconds / 86_400, "day"),
    };
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {unit}{plural} ago")
}
