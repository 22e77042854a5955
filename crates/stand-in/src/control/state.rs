use std::sync::Arc;

use axum::{extract::State, http::StatusCode, response::Response};
use serde_json::{Value, json};

use crate::{
    answer,
    coder::{ConfiguredProvider, Deployment},
    provider::Service,
    state::Shared,
};

/// `GET /_stand-in/state`.
pub(super) async fn show(State(shared): State<Arc<Shared>>) -> Response {
    let (providers, links, sessions, csp_violations) = {
        let deployment = shared.deployment();
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
    let services: Vec<_> = shared.directory().services().map(service).collect();
    let body = json!({
        "now": shared.clock.now(),
        "scenario": shared.scenario().name(),
        "provider_origin": shared.origins.provider,
        "providers": providers,
        "links": links,
        "services": services,
        "sessions": sessions,
        "csp_violations": csp_violations,
        "waiting": shared.faults.waiting(),
    });
    answer::json(StatusCode::OK, &body)
}

/// What the deployment has configured, in the fields that the control route
/// for providers takes.
fn provider(provider: &ConfiguredProvider) -> Value {
    let mut value = serde_json::to_value(&provider.wire).unwrap_or_default();
    value["app_install_url"] = provider.app_install_url.clone().into();
    value["app_installable"] = provider.has_installations_url.into();
    value["revocation_style"] = json!(provider.revocation);
    value
}

/// Links without their tokens.
fn links(deployment: &Deployment) -> Value {
    deployment
        .links()
        .map(|(user, id, link)| {
            json!({
                "user": user,
                "provider_id": id,
                "created_at": link.created_at,
                "updated_at": link.updated_at,
                "expires": link.expires,
                "has_refresh_token": link.refresh_token.is_some(),
                "refresh_failure": link.refresh_failure.as_ref().map(|(_, reason)| reason),
            })
        })
        .collect()
}

/// What a provider knows, without secrets.
fn service(service: &Service) -> Value {
    let tokens: Vec<_> = service
        .tokens
        .iter()
        .map(|token| {
            json!({
                "login": token.login,
                "status": token.status,
                "issued": token.issued,
                "expires": token.expires,
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
        "installations": service.installations.len(),
        "tokens": tokens,
        "calls": service.calls,
    })
}
