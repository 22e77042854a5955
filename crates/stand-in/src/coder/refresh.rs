use std::sync::Arc;

use external_auth_core::Timestamp;

use super::{
    Coder,
    deployment::{ConfiguredProvider, StoredLink},
    provider_client::Received,
    shared_refresh::shared_refresh,
    token_response::{self, TokenError},
};
use crate::form::Form;

/// How long a refresh and the validation after it may take together.
pub(super) const LIMIT_MS: i64 = 10_000;
/// The first pause before a refresh is tried again; each is twice the last.
const FIRST_PAUSE_MS: i64 = 250;
const LONGEST_PAUSE_MS: i64 = 2_000;
/// How many bytes of a reason are kept.
const REASON_LIMIT: usize = 400;

/// The link with a token that has not expired; else why there is none.
pub(super) async fn refresh(
    coder: &Arc<Coder>,
    user: &str,
    provider: &ConfiguredProvider,
    link: StoredLink,
) -> Result<StoredLink, String> {
    let now = coder.shared.clock.now();
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

/// Exchanges the refresh token, and keeps what comes of it.
///
/// The refresh token is used up when the provider reads it. Whoever drops this
/// future before the provider's answer is here loses the new one.
pub(super) async fn renew(
    coder: &Coder,
    user: &str,
    provider: &ConfiguredProvider,
    link: StoredLink,
) -> Result<StoredLink, String> {
    let refresh_token = link.refresh_token.unwrap_or_default();
    let answer = ask(coder, provider, &refresh_token).await;
    let mut deployment = coder.shared.deployment();
    // Someone may have unlinked or linked anew in the meantime.
    let stored = deployment
        .link_mut(user, &provider.wire.id)
        .filter(|stored| stored.refresh_token.as_ref() == Some(&refresh_token));
    match answer {
        Ok(tokens) => {
            let renewed = StoredLink {
                created_at: link.created_at,
                // One that is left out of the answer goes on (RFC 6749 §6).
                refresh_token: tokens.refresh_token.or(Some(refresh_token)),
                ..tokens
            };
            if let Some(stored) = stored {
                *stored = renewed.clone();
            }
            Ok(renewed)
        }
        Err(failure) => {
            if let Some(stored) = stored.filter(|_| failure.is_final) {
                let now = coder.shared.clock.now();
                stored.refresh_token = None;
                stored.updated_at = now;
                stored.refresh_failure = Some((now, failure.reason.clone()));
            }
            Err(format!("refresh token: {}", failure.reason))
        }
    }
}

/// Asks the token endpoint, again and again while its error is not final.
async fn ask(
    coder: &Coder,
    provider: &ConfiguredProvider,
    refresh_token: &str,
) -> Result<StoredLink, TokenError> {
    let clock = &coder.shared.clock;
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
                TokenError::of_the_way(format!("oauth2: cannot fetch token: {reason}"))
            }
            None => TokenError::of_the_way(format!(
                "Post {:?}: context deadline exceeded",
                coder.provider.url(provider, "token")
            )),
        };
        if failure.is_final {
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

/// The tokens of a token endpoint's answer, or what its error says.
pub(super) fn tokens_of(received: &Received, now: Timestamp) -> Result<StoredLink, String> {
    token_response::tokens_of(received, now).map_err(|error| error.reason)
}

/// `5 minutes ago`.
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
