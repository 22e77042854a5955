use std::sync::Arc;

use axum::{
    extract::{Path, State},
    response::Response,
};
use serde::{Deserialize, Deserializer};

use super::input::{self, Input};
use crate::{
    coder::{ConfiguredProvider, RevocationStyle},
    provider::{
        ConsentPage, DeviceCodeAnswer, DeviceErrors, OpenerPolicy, Refresh, Revoke, Service,
        Validate,
    },
    scenario::{ProviderSpec, add_provider, default_account},
    simulation::Simulation,
    wire::{Account, Installation},
};

/// The changes to a provider. A field that is left out stays.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Patch {
    // The configuration of the deployment.
    configured: Option<bool>,
    #[serde(rename = "type")]
    kind: Option<String>,
    display_name: Option<String>,
    display_icon: Option<String>,
    device: Option<bool>,
    allow_refresh: Option<bool>,
    allow_validate: Option<bool>,
    supports_revocation: Option<bool>,
    revocation_style: Option<RevocationStyle>,
    code_challenge_methods_supported: Option<Vec<String>>,
    app_install_url: Option<String>,
    app_installable: Option<bool>,
    shared_refresh: Option<bool>,
    // The behaviour of the provider.
    validate: Option<Validate>,
    validate_status: Option<u16>,
    validate_body: Option<String>,
    installations_status: Option<u16>,
    refresh: Option<Refresh>,
    refresh_status: Option<u16>,
    refresh_body: Option<String>,
    revoke: Option<Revoke>,
    revoke_status: Option<u16>,
    revoke_body: Option<String>,
    consent: Option<ConsentPage>,
    opener_policy: Option<OpenerPolicy>,
    device_code: Option<DeviceCodeAnswer>,
    device_errors: Option<DeviceErrors>,
    /// Seconds, or null for none.
    #[serde(deserialize_with = "interval")]
    interval: Option<Interval>,
    expires_in: Option<u64>,
    slow_down: Option<u32>,
    requires_pkce: Option<bool>,
    /// 0 for tokens that do not expire.
    token_lifetime_ms: Option<i64>,
    refresh_tokens: Option<bool>,
    rotate_refresh_tokens: Option<bool>,
    accounts: Option<Vec<Account>>,
    signed_in: Option<String>,
    installations: Option<Vec<Installation>>,
}

/// The `interval` of the device flow, in seconds; none when the provider gives
/// none.
#[derive(Deserialize)]
#[serde(transparent)]
struct Interval(Option<u64>);

fn interval<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Interval>, D::Error> {
    Interval::deserialize(deserializer).map(Some)
}

/// `POST /_stand-in/providers/{id}`.
pub(super) async fn patch(
    State(simulation): State<Arc<Simulation>>,
    Path(id): Path<String>,
    Input(patch): Input<Patch>,
) -> Result<Response, Response> {
    input::require_id(&id)?;
    for (name, status) in [
        ("validate_status", patch.validate_status),
        ("installations_status", patch.installations_status),
        ("refresh_status", patch.refresh_status),
        ("revoke_status", patch.revoke_status),
    ] {
        if status.is_some_and(|status| !(200..=599).contains(&status)) {
            let reason = format!("{name} must be between 200 and 599");
            return Err(input::refused(&reason));
        }
    }
    let mut deployment = simulation.coder.deployment();
    let mut services = simulation.providers.services();
    if patch.configured == Some(false) {
        deployment
            .providers
            .retain(|provider| provider.wire.id != id);
        return Ok(input::done());
    }
    if deployment.provider(&id).is_none() {
        let spec = ProviderSpec::new(&id, "", "");
        add_provider(
            &mut deployment,
            &mut services,
            &simulation.environment.origins,
            spec,
        );
    }
    if let Some(service) = services.get(&id) {
        let mut service = service.lock();
        if let Some(accounts) = &patch.accounts {
            service.accounts.clone_from(accounts);
        }
        if let Some(login) = &patch.signed_in {
            if service.account(login).is_none() {
                service
                    .accounts
                    .push(default_account(&simulation.environment.origins, &id, login));
            }
            service.signed_in.clone_from(login);
        }
        patch_service(&mut service, &patch);
    }
    if let Some(provider) = deployment.provider_mut(&id) {
        patch_provider(provider, patch);
    }
    Ok(input::done())
}

/// Changes the service.
fn patch_service(service: &mut Service, patch: &Patch) {
    let behaviour = &mut service.behaviour;
    // A status alone is an error of that status.
    let error = patch.validate_status.map(|_| Validate::Error);
    set(&mut behaviour.validate, patch.validate.or(error));
    set(&mut behaviour.validate_status, patch.validate_status);
    set(&mut behaviour.validate_body, patch.validate_body.clone());
    set(
        &mut behaviour.installations_status,
        patch.installations_status,
    );
    let error = patch.refresh_status.map(|_| Refresh::Error);
    set(&mut behaviour.refresh, patch.refresh.or(error));
    // Status and body belong to this failure, not to the one before.
    if patch.refresh.is_some() || patch.refresh_status.is_some() {
        behaviour.refresh_status = patch.refresh_status;
        behaviour.refresh_body.clone_from(&patch.refresh_body);
    }
    set(&mut behaviour.revoke, patch.revoke);
    set(&mut behaviour.revoke_status, patch.revoke_status);
    set(&mut behaviour.revoke_body, patch.revoke_body.clone());
    set(&mut behaviour.consent, patch.consent);
    set(&mut behaviour.opener_policy, patch.opener_policy);
    set(&mut behaviour.device_code, patch.device_code);
    set(&mut behaviour.device_errors, patch.device_errors);
    set(
        &mut behaviour.interval,
        patch.interval.as_ref().map(|interval| interval.0),
    );
    set(&mut behaviour.expires_in, patch.expires_in);
    set(&mut behaviour.slow_down, patch.slow_down);
    set(&mut service.name, patch.display_name.clone());
    set(
        &mut service.is_github,
        patch
            .kind
            .as_ref()
            .map(|kind| kind.eq_ignore_ascii_case("github")),
    );
    // A provider requires PKCE when it announces it, unless the patch says
    // otherwise.
    let announced = patch
        .code_challenge_methods_supported
        .as_ref()
        .map(|methods| methods.iter().any(|method| method == "S256"));
    set(
        &mut service.requires_pkce,
        patch.requires_pkce.or(announced),
    );
    set(
        &mut service.token_lifetime_ms,
        patch.token_lifetime_ms.map(|ms| (ms > 0).then_some(ms)),
    );
    set(&mut service.refresh_tokens, patch.refresh_tokens);
    set(
        &mut service.rotate_refresh_tokens,
        patch.rotate_refresh_tokens,
    );
    set(&mut service.installations, patch.installations.clone());
}

/// Changes the configuration.
fn patch_provider(provider: &mut ConfiguredProvider, patch: Patch) {
    let wire = &mut provider.wire;
    set(&mut wire.kind, patch.kind);
    set(&mut wire.display_name, patch.display_name);
    set(&mut wire.display_icon, patch.display_icon);
    set(&mut wire.device, patch.device);
    set(&mut wire.allow_refresh, patch.allow_refresh);
    set(&mut wire.allow_validate, patch.allow_validate);
    set(&mut wire.supports_revocation, patch.supports_revocation);
    set(
        &mut wire.code_challenge_methods_supported,
        patch.code_challenge_methods_supported,
    );
    set(&mut provider.revocation, patch.revocation_style);
    set(&mut provider.app_install_url, patch.app_install_url);
    set(&mut provider.has_installations_url, patch.app_installable);
    set(&mut provider.shared_refresh, patch.shared_refresh);
    set(
        &mut provider.silent_revocation,
        patch.revoke.map(|revoke| revoke == Revoke::Silent),
    );
}

fn set<T>(field: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *field = value;
    }
}
