use std::sync::Arc;

use axum::{
    body::Bytes,
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use serde::Deserialize;
use serde_json::json;

use super::input;
use crate::{answer, scenario::default_account, state::Shared};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Decision {
    approve: bool,
    user_code: Option<String>,
    login: Option<String>,
}

/// `POST /_stand-in/device/{id}`: what a person does on the provider's page.
pub(super) async fn decide(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<Response, Response> {
    let decision: Decision = input::read(&body)?;
    let now = shared.clock.now();
    let mut directory = shared.directory();
    let service = directory
        .service_mut(&id)
        .ok_or_else(|| input::refused("there is no provider of this id"))?;
    let code = match &decision.user_code {
        Some(typed) => service.pending_user_code(typed, now),
        None => service.newest_user_code(now),
    };
    let code = code
        .ok_or_else(|| input::refused("no such code waits for a person"))?
        .to_owned();
    let login = decision.login.unwrap_or_else(|| service.signed_in.clone());
    if service.account(&login).is_none() {
        let account = default_account(&shared.origins, &id, &login);
        service.accounts.push(account);
    }
    let login = decision.approve.then_some(login);
    service.decide_device(&code, login.as_deref(), now);
    Ok(answer::json(StatusCode::OK, &json!({ "user_code": code })))
}
