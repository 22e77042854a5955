use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use serde::Deserialize;
use serde_json::json;

use super::input::{self, Input};
use crate::{answer, scenario::default_account, simulation::Simulation};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Decision {
    approve: bool,
    user_code: Option<String>,
    login: Option<String>,
}

/// `POST /_stand-in/device/{id}`: the decision of a person on the provider's
/// page.
pub(super) async fn decide(
    State(simulation): State<Arc<Simulation>>,
    Path(id): Path<String>,
    Input(decision): Input<Decision>,
) -> Result<Response, Response> {
    let now = simulation.environment.clock.now();
    let handle = simulation.providers.services().get(&id).cloned();
    let handle = handle.ok_or_else(|| input::refused("there is no provider of this id"))?;
    let mut service = handle.lock();
    let code = match &decision.user_code {
        Some(typed) => service.pending_user_code(typed, now),
        None => service.newest_user_code(now),
    };
    let code = code
        .ok_or_else(|| input::refused("no such code waits for a person"))?
        .to_owned();
    let login = decision.login.unwrap_or_else(|| service.signed_in.clone());
    if service.account(&login).is_none() {
        let account = default_account(&simulation.environment.origins, &id, &login);
        service.accounts.push(account);
    }
    let login = decision.approve.then_some(login);
    service.decide_device(&code, login.as_deref(), now);
    Ok(answer::json(StatusCode::OK, &json!({ "user_code": code })))
}
