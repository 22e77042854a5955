use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::Method,
    response::Response,
};
use serde_json::json;

use super::{Gallery, reply::Reply, views};

/// Any request to `/_stand-in/gallery/{view}/api/v2/…`.
pub(super) async fn answer(
    State(gallery): State<Arc<Gallery>>,
    Path((name, path)): Path<(String, String)>,
    method: Method,
) -> Response {
    let Some(view) = views::named(&name) else {
        return Reply::unknown().send().await;
    };
    let reply = if path == "users/me" {
        // A different user in each view, because the page stores data for each
        // user, which would show in other views.
        Reply::ok(&json!({
            "id": format!("gallery-{name}"),
            "username": "ada",
            "name": "Ada Lovelace",
            "email": "ada@example.com",
            "avatar_url": "",
        }))
    } else {
        let script = view.script(gallery.coder.clock().now());
        let reply = script.reply(&method, &path, |request| gallery.asked(&name, request));
        gallery.count(&name, format!("{method} {path}"));
        reply
    };
    reply.send().await
}
