use std::sync::Arc;

use axum::{
    extract::{Path, State},
    response::Response,
};
use external_auth_core::Timestamp;
use serde::{Deserialize, Deserializer, de::Error};

use super::input::{self, Input};
use crate::{
    coder::FIRST_USER,
    provider::TokenStatus,
    scenario::{LinkSpec, add_link, default_account},
    simulation::Simulation,
    wire::Expiry,
};

/// The changes to a link. A field that is left out stays.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Patch {
    user: Option<String>,
    linked: Option<bool>,
    login: Option<String>,
    #[serde(deserialize_with = "time")]
    created_at: Option<Timestamp>,
    #[serde(deserialize_with = "time")]
    updated_at: Option<Timestamp>,
    /// A time, or null for never.
    #[serde(deserialize_with = "expiry")]
    expires: Option<Expiry>,
    expires_in_ms: Option<i64>,
    has_refresh_token: Option<bool>,
    /// The reason; empty for no failure.
    refresh_failure: Option<String>,
    /// The status of the token at the provider.
    token: Option<TokenStatus>,
}

fn time<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Timestamp>, D::Error> {
    let text = String::deserialize(deserializer)?;
    match Timestamp::parse(&text) {
        Some(instant) => Ok(Some(instant)),
        None => Err(not_a_time(&text)),
    }
}

fn not_a_time<E: Error>(text: &str) -> E {
    E::custom(format!("{text:?} is not a time of RFC 3339"))
}

fn expiry<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Expiry>, D::Error> {
    let Some(text) = Option::<String>::deserialize(deserializer)? else {
        return Ok(Some(Expiry::Never));
    };
    match Expiry::parse(&text) {
        Some(expiry) => Ok(Some(expiry)),
        None => Err(not_a_time(&text)),
    }
}

/// `POST /_stand-in/links/{id}`.
pub(super) async fn patch(
    State(simulation): State<Arc<Simulation>>,
    Path(id): Path<String>,
    Input(patch): Input<Patch>,
) -> Result<Response, Response> {
    input::require_id(&id)?;
    let user = patch.user.clone().unwrap_or_else(|| FIRST_USER.to_owned());
    let mut deployment = simulation.coder.deployment();
    if deployment.user(&user).is_none() {
        return Err(input::refused("there is no user of this name"));
    }
    let before = deployment.remove_link(&user, &id);
    if patch.linked == Some(false) {
        return Ok(input::done());
    }
    let services = simulation.providers.services();
    let mut spec = LinkSpec::default();
    if let Some(before) = before {
        // The token at the provider is replaced together with the link.
        if let Some(service) = services.get(&id)
            && let Some(token) = service.lock().take_token(&before.access_token)
        {
            spec.login = token.login;
            spec.status = token.status;
        }
        spec.created_at = Some(before.created_at);
        spec.updated_at = Some(before.updated_at);
        spec.expires = before.expires;
        spec.has_refresh_token = before.refresh_token.is_some();
        spec.refresh_failure = before.refresh_failure;
    }
    change(&mut spec, patch, simulation.environment.clock.now());
    if let Some(service) = services.get(&id) {
        let mut service = service.lock();
        if service.account(&spec.login).is_none() {
            let account = default_account(&simulation.environment.origins, &id, &spec.login);
            service.accounts.push(account);
        }
    }
    add_link(
        &mut deployment,
        &services,
        simulation.environment.clock.now(),
        &user,
        &id,
        spec,
    );
    Ok(input::done())
}

fn change(spec: &mut LinkSpec, patch: Patch, now: Timestamp) {
    if let Some(login) = patch.login {
        spec.login = login;
    }
    spec.created_at = patch.created_at.or(spec.created_at);
    spec.updated_at = patch.updated_at.or(spec.updated_at);
    let expires = patch
        .expires_in_ms
        .map(|ms| Expiry::At(now.plus_ms(ms)))
        .or(patch.expires);
    if let Some(expires) = expires {
        spec.expires = expires;
    }
    if let Some(has_refresh_token) = patch.has_refresh_token {
        spec.has_refresh_token = has_refresh_token;
    }
    if let Some(reason) = patch.refresh_failure {
        let has_failed = !reason.is_empty();
        spec.refresh_failure = has_failed.then_some((now, reason));
        if has_failed {
            // The effects of a permanent failure, unless the patch sets them.
            spec.has_refresh_token = patch.has_refresh_token.unwrap_or_default();
            spec.updated_at = patch.updated_at.or(Some(now));
        }
    }
    if let Some(status) = patch.token {
        spec.status = status;
    }
}
