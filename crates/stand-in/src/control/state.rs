use std::sync::Arc;

use axum::{extract::State, http::StatusCode, response::Response};
use external_auth_core::Timestamp;
use serde_json::{Value, json};

use crate::{
    answer,
    coder::{ConfiguredProvider, Deployment},
    provider::{Service, Services},
    simulation::Simulation,
    wire::Time,
};

/// `GET /_stand-in/state`.
pub(super) async fn show(State(simulation): State<Arc<Simulation>>) -> Response {
    let (providers, links, sessions, csp_violations) = {
        let deployment = simulation.coder.deployment();
        (
            deployment
                .providers
                .iter()
                .map(provider)
                .collect::<Vec<_>>(),
            links(&deployment),
            deployment.sessions.count(),
            deployment.csp_violations.clone(),
        )
    };
    let (services, device_flows) = {
        let services = simulation.providers.services();
        let now = simulation.environment.clock.now();
        (service_states(&services), device_flows(&services, now))
    };
    let body = json!({
        "now": Time(simulation.environment.clock.now()),
        "scenario": simulation.scenario().to_string(),
        "provider_origin": simulation.environment.origins.provider,
        "providers": providers,
        "links": links,
        "services": services,
        "device_flows": device_flows,
        "sessions": sessions,
        "csp_violations": csp_violations,
        "waiting": simulation.environment.faults.waiting(),
    });
    answer::json(StatusCode::OK, &body)
}

/// A configured provider, in the fields of the control route for providers.
fn provider(provider: &ConfiguredProvider) -> Value {
    let mut value = serde_json::to_value(&provider.wire).unwrap_or_default();
    value["app_install_url"] = provider.app_install_url.clone().into();
    value["app_installable"] = provider.has_installations_url.into();
    value["revocation_style"] = json!(provider.revocation);
    value
}

/// The links, without tokens.
fn links(deployment: &Deployment) -> Value {
    deployment
        .links()
        .map(|(user, id, link)| {
            json!({
                "user": user,
                "provider_id": id,
                "created_at": Time(link.created_at),
                "updated_at": Time(link.updated_at),
                "expires": link.expires,
                "has_refresh_token": link.refresh_token.is_some(),
                "refresh_failure": link.refresh_failure.as_ref().map(|(_, reason)| reason),
            })
        })
        .collect()
}

/// The issued device codes, by provider and oldest first.
fn device_flows(services: &Services, now: Timestamp) -> Value {
    services
        .iter()
        .flat_map(|service| {
            let service = service.lock();
            let codes = service.device_codes.iter();
            codes
                .map(|code| code.to_json(&service.id, now))
                .collect::<Vec<_>>()
        })
        .collect()
}

fn service_states(services: &Services) -> Value {
    services
        .iter()
        .map(|handle| service_state(&handle.lock()))
        .collect()
}

/// The state of a service, without secrets.
fn service_state(service: &Service) -> Value {
    let tokens: Vec<_> = service
        .tokens
        .iter()
        .map(|token| {
            json!({
                "login": token.login,
                "status": token.status,
                "issued": Time(token.issued),
                "expires": token.expires.map(Time),
                "has_refresh_token": token.refresh.is_some(),
            })
        })
        .collect();
    json!({
        "id": service.id,
        "name": service.name,
        "signed_in": service.signed_in,
        "validate": service.behaviour.validate,
        "refresh": service.behaviour.refresh,
        "revoke": service.behaviour.revoke,
        "consent": service.behaviour.consent,
        "opener_policy": service.behaviour.opener_policy,
        "device_code": service.behaviour.device_code,
        "device_errors": service.behaviour.device_errors,
        "interval": service.behaviour.interval,
        "expires_in": service.behaviour.expires_in,
        "slow_down": service.behaviour.slow_down,
        "installations": service.installations.len(),
        "tokens": tokens,
        "calls": service.calls,
    })
}
