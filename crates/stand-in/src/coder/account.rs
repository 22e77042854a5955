//! The routes about the user and the deployment.

use std::sync::Arc;

use axum::{extract::State, http::StatusCode, response::Response};
use serde_json::json;

use super::{Coder, extract::Caller, session};
use crate::answer;

/// `GET /api/v2/users/me`.
pub(super) async fn me(State(coder): State<Arc<Coder>>, caller: Caller) -> Response {
    let deployment = coder.deployment();
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
pub(super) async fn sign_out(State(coder): State<Arc<Coder>>, caller: Caller) -> Response {
    coder.deployment().sessions.end(&caller.token);
    let response = answer::message(StatusCode::OK, "You are signed out.", "");
    answer::with_cookies(response, session::cookies_of_sign_out())
}

/// The address of the release, which is not the address of the deployment.
const RELEASE_URL: &str = "https://example.com/releases/v2.40.0-stand-in";

/// `GET /api/v2/buildinfo`, which needs no session. `dashboard_url` is the access
/// URL; `external_url` is the address of the release.
pub(super) async fn build_info(State(coder): State<Arc<Coder>>) -> Response {
    let body = json!({
        "version": "v2.40.0-stand-in",
        "external_url": RELEASE_URL,
        "dashboard_url": coder.access_url(),
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
