use std::sync::Arc;

use external_auth_core::Timestamp;

use super::{
    Coder, ConfiguredProvider, StoredLink,
    provider_answer::ProviderAnswer,
    shared_refresh::shared_refresh,
    token_response::{self, TokenError},
};
use crate::form::Form;

/// The time limit of a refresh and the validation after it, together.
pub(super) const LIMIT_MS: i64 = 10_000;
/// The pause before the first retry of a refresh. Each later one is twice as
/// long.
const FIRST_PAUSE_MS: i64 = 250;
const LONGEST_PAUSE_MS: i64 = 2_000;
/// The most bytes of a reason that an error text quotes.
const REASON_LIMIT: usize = 400;

/// The link with a token that has not expired.
///
/// # Errors
///
/// The text for `validate_error`.
pub(super) async fn refresh(
    coder: &Arc<Coder>,
    user: &str,
    provider: &ConfiguredProvider,
    link: StoredLink,
) -> Result<StoredLink, String> {
    let now = coder.clock().now();
    if !link.expires.is_past(now) {
        return Ok(link);
    }
    if let Some((failed_at, reason)) = &link.refresh_failure {
        let reason = &reason[..reason.floor_char_boundary(REASON_LIMIT)];
        return Err(format!(
            "token expired and refreshing failed {} with: {reason}",
            ago(*failed_at, now)
        ));
    }
    if link.refresh_token.is_none() || !provider.wire.allow_refresh {
        return Err(
            "token expired, refreshing is either disabled or refreshing failed and will not be retried".to_owned(),
        );
    }
    if provider.shared_refresh {
        shared_refresh(coder, user, provider, link).await
    } else {
        renew(coder, user, provider, link).await
    }
}

/// Exchanges the refresh token, and stores the new tokens or the failure.
///
/// The provider invalidates the refresh token when it reads it. The new one is
/// lost when this future is dropped before the provider's answer.
pub(super) async fn renew(
    coder: &Coder,
    user: &str,
    provider: &ConfiguredProvider,
    link: StoredLink,
) -> Result<StoredLink, String> {
    let refresh_token = link.refresh_token.unwrap_or_default();
    let answer = exchange(coder, provider, &refresh_token).await;
    let mut deployment = coder.deployment();
    // The link may have been removed or replaced in the meantime.
    let stored = deployment
        .link_mut(user, &provider.wire.id)
        .filter(|stored| stored.refresh_token.as_ref() == Some(&refresh_token));
    match answer {
        Ok(tokens) => {
            let renewed = StoredLink {
                created_at: link.created_at,
                // Without a new refresh token the old one stays valid (RFC 6749 §6).
                refresh_token: tokens.refresh_token.or(Some(refresh_token)),
                ..tokens
            };
            if let Some(stored) = stored {
                *stored = renewed.clone();
            }
            Ok(renewed)
        }
        Err(failure) => {
            if let Some(stored) = stored.filter(|_| failure.is_permanent) {
                let now = coder.clock().now();
                stored.refresh_token = None;
                stored.updated_at = now;
                stored.refresh_failure = Some((now, failure.reason.clone()));
            }
            Err(format!("refresh token: {}", failure.reason))
        }
    }
}

/// Sends the refresh token to the token endpoint, again while it fails with a
/// transient error.
async fn exchange(
    coder: &Coder,
    provider: &ConfiguredProvider,
    refresh_token: &str,
) -> Result<StoredLink, TokenError> {
    let clock = coder.clock();
    let deadline = clock.now().plus_ms(LIMIT_MS);
    let mut pause_ms = FIRST_PAUSE_MS;
    loop {
        let form = Form::default()
            .with("grant_type", "refresh_token")
            .with("refresh_token", refresh_token);
        let asked = coder.provider.post_form(provider, "token", form);
        let failure = match clock.before(deadline, asked).await {
            Some(Ok(received)) => match token_response::tokens_of(&received, clock.now()) {
                Ok(tokens) => return Ok(tokens),
                Err(failure) => failure,
            },
            Some(Err(reason)) => {
                TokenError::transport(format!("oauth2: cannot fetch token: {reason}"))
            }
            None => TokenError::transport(format!(
                "Post {:?}: context deadline exceeded",
                coder.provider.url(provider, "token")
            )),
        };
        if failure.is_permanent {
            return Err(failure);
        }
        clock
            .sleep_until(clock.now().plus_ms(pause_ms).min(deadline))
            .await;
        if clock.now() >= deadline {
            return Err(failure);
        }
        pause_ms = (2 * pause_ms).min(LONGEST_PAUSE_MS);
    }
}

/// The tokens of a token endpoint's answer.
///
/// # Errors
///
/// The text of the token endpoint's error.
pub(super) fn tokens_of(received: &ProviderAnswer, now: Timestamp) -> Result<StoredLink, String> {
    token_response::tokens_of(received, now).map_err(|error| error.reason)
}

/// The time since then, as in `5 minutes ago`.
fn ago(then: Timestamp, now: Timestamp) -> String {
    const UNITS: [(i64, &str); 7] = [
        (31_104_000, "year"),
        (2_592_000, "month"),
        (604_800, "week"),
        (86_400, "day"),
        (3_600, "hour"),
        (60, "minute"),
        (1, "second"),
    ];
    let seconds = now.ms_since(then) / 1000;
    let Some((length, unit)) = UNITS.iter().find(|(length, _)| seconds >= *length) else {
        return "now".to_owned();
    };
    let count = seconds / length;
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {unit}{plural} ago")
}
