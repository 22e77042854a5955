//! What a page asks about the deployment and about its user.

use std::sync::Arc;

use axum::{Extension, extract::State, http::StatusCode, response::Response};
use serde_json::json;

use super::{Coder, guard::Caller, session};
use crate::answer;

/// `GET /api/v2/users/me`.
pub(super) async fn me(
    State(coder): State<Arc<Coder>>,
    Extension(caller): Extension<Caller>,
) -> Response {
    let deployment = coder.shared.deployment();
    let Some(user) = deployment.user(&caller.user) else {
        return super::by_id::unknown_provider();
    };
    let body = json!({
        "id": user.id,
        "username": user.username,
        "name": user.name,
        "avatar_url": user.avatar_url,
        "email": user.email,
        "created_at": "2025-01-15T09:00:00Z",
        "updated_at": "2025-01-15T09:00:00Z",
        "last_seen_at": "2026-01-15T09:00:00Z",
        "status": "active",
        "login_type": "password",
        "theme_preference": "",
        "organization_ids": ["7f4d2c10-0000-4000-8000-0000000000ff"],
        "roles": [],
    });
    answer::json(StatusCode::OK, &body)
}

/// `POST /api/v2/users/logout`.
pub(super) async fn sign_out(
    State(coder): State<Arc<Coder>>,
    Extension(caller): Extension<Caller>,
) -> Response {
    coder.shared.deployment().sessions.end(&caller.token);
    let response = answer::message(StatusCode::OK, "You are signed out.", "");
    session::cookies_of_sign_out()
        .iter()
        .fold(response, |response, cookie| {
            answer::with_cookie(response, cookie)
        })
}

/// The release that a deployment says it is. Not its address.
const RELEASE_URL: &str = "https://example.com/releases/v2.40.0-stand-in";

/// `GET /api/v2/buildinfo`, for which nobody need be signed in. The access URL
/// is `dashboard_url`; `external_url` leads to the release of this version.
pub(super) async fn build_info(State(coder): State<Arc<Coder>>) -> Response {
    let body = json!({
        "version": "v2.40.0-stand-in",
        "external_url": RELEASE_URL,
        "dashboard_url": &coder.shared.origins.deployment,
        "deployment_id": "7f4d2c10-0000-4000-8000-0000000000fe",
        "agent_api_version": "2.0",
        "provisioner_api_version": "1.0",
        "upgrade_message": "",
        "webpush_public_key": "",
        "telemetry": false,
        "workspace_proxy": false,
    });
    answer::json(StatusCode::OK, &body)
}
