//! The refresh of an expired token by the list.

mod failures;

use serde_json::{Value, json};

use crate::support::Server;

const MINUTE_MS: i64 = 60_000;

const HOUR_MS: i64 = 60 * MINUTE_MS;

/// A server where the token for GitLab has expired.
async fn with_expired_token() -> Server {
    let server = Server::start().await;
    server.advance(2 * HOUR_MS).await;
    server
}

/// As [`with_expired_token`], on a server whose requests do not share a refresh.
async fn older_with_expired_token() -> Server {
    let server = with_expired_token().await;
    server
        .control("providers/gitlab", json!({ "shared_refresh": false }))
        .await;
    server
}

/// Whether the token endpoint has received this number of requests.
fn asked(times: u64) -> impl Fn(&Value) -> bool {
    move |state| {
        let services = state["services"].as_array().unwrap();
        services
            .iter()
            .any(|service| service["id"] == "gitlab" && service["calls"]["token"] == times)
    }
}

#[tokio::test]
async fn the_list_refreshes_and_by_id_does_not() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    let before = browser.link("gitlab").await;
    server.advance(2 * HOUR_MS).await;

    assert_eq!(browser.by_id("gitlab").await.json()["authenticated"], false);
    assert_eq!(server.token_statuses("gitlab").await, ["active"]);

    let after = browser.link("gitlab").await;
    assert_eq!(after["authenticated"], true);
    assert_ne!(after["expires"], before["expires"]);
    assert_ne!(after["updated_at"], before["updated_at"]);
    assert_eq!(after["created_at"], before["created_at"]);
    assert_eq!(
        server.token_statuses("gitlab").await,
        ["replaced", "active"]
    );
    assert_eq!(browser.by_id("gitlab").await.json()["authenticated"], true);
}

#[tokio::test]
async fn a_disconnected_client_loses_no_token() {
    let server = with_expired_token().await;
    let mut browser = server.visitor().await;
    server
        .fault(json!({
            "origin": "provider", "path": "/gitlab/token", "hold": "token", "hold_at": "after", "times": 1,
        }))
        .await;
    let list = browser
        .send_only("GET", "/api/v2/external-auth", &[], "")
        .await;
    server.until_waiting("token", 1).await;
    drop(list);
    // The server has noticed that the client disconnected.
    server
        .until_log("an aborted list", |log| {
            log["requests"]
                .as_array()
                .unwrap()
                .iter()
                .any(|request| request["status"] == "aborted")
        })
        .await;
    server.control("release", json!({ "hold": "token" })).await;

    let link = browser.link("gitlab").await;
    assert_eq!(link["authenticated"], true, "{link}");
    assert!(asked(1)(&server.state().await));
}

#[tokio::test]
async fn on_an_older_server_a_disconnected_client_loses_the_refresh_token() {
    let server = older_with_expired_token().await;
    let mut browser = server.visitor().await;
    server
        .fault(json!({ "origin": "provider", "path": "/gitlab/token", "hold": "token", "hold_at": "after" }))
        .await;
    let list = browser
        .send_only("GET", "/api/v2/external-auth", &[], "")
        .await;
    server.until_waiting("token", 1).await;
    drop(list);
    server.until_waiting("token", 0).await;
    server.browser().delete("/_stand-in/faults").await;

    // The provider has invalidated it, and the deployment has no new one.
    let link = browser.link("gitlab").await;
    assert_eq!(link["authenticated"], false);
    assert!(
        link["validate_error"]
            .as_str()
            .unwrap()
            .starts_with("refresh token: oauth2: \"invalid_grant\""),
        "{link}"
    );
}

#[tokio::test]
async fn two_concurrent_lists_share_a_refresh() {
    let server = with_expired_token().await;
    let browser = server.visitor().await;
    server
        .fault(json!({
            "origin": "provider", "path": "/gitlab/token", "hold": "token", "hold_at": "after", "times": 1,
        }))
        .await;
    let lists: Vec<_> = (0..2)
        .map(|_| {
            let mut browser = browser.clone();
            tokio::spawn(async move { browser.link("gitlab").await })
        })
        .collect();
    server.until_waiting("token", 1).await;
    // GitHub's link is checked before GitLab's: both lists have reached GitLab.
    server
        .until("both lists", |state| {
            let services = state["services"].as_array().unwrap();
            services
                .iter()
                .any(|service| service["id"] == "github-work" && service["calls"]["user"] == 2)
        })
        .await;
    server.control("release", json!({ "hold": "token" })).await;
    for list in lists {
        assert_eq!(list.await.unwrap()["authenticated"], true);
    }
    assert!(asked(1)(&server.state().await));
}

#[tokio::test]
async fn on_an_older_server_two_concurrent_lists_use_the_same_refresh_token() {
    let server = older_with_expired_token().await;
    let mut browser = server.visitor().await;
    server
        .fault(json!({
            "origin": "provider", "path": "/gitlab/token", "hold": "token", "hold_at": "after", "times": 1,
        }))
        .await;
    let first = browser
        .send_only("GET", "/api/v2/external-auth", &[], "")
        .await;
    server.until_waiting("token", 1).await;
    assert_eq!(browser.link("gitlab").await["authenticated"], false);
    drop(first);
}

#[tokio::test]
async fn a_refresh_does_not_overwrite_a_newer_link() {
    let server = with_expired_token().await;
    let mut browser = server.visitor().await;
    server
        .fault(json!({
            "origin": "provider", "path": "/gitlab/token", "hold": "token", "hold_at": "after", "times": 1,
        }))
        .await;
    let mut waiting = browser.clone();
    let list = tokio::spawn(async move { waiting.list().await });
    server.until_waiting("token", 1).await;
    browser.link_account("gitlab", "grace").await;
    let linked_at = browser.link("gitlab").await["updated_at"].clone();

    server.advance(1000).await;
    server.control("release", json!({ "hold": "token" })).await;
    list.await.unwrap();
    assert_eq!(browser.link("gitlab").await["updated_at"], linked_at);
}

#[tokio::test]
async fn without_a_new_refresh_token_the_old_one_stays() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    server
        .control(
            "providers/gitlab",
            json!({ "rotate_refresh_tokens": false }),
        )
        .await;
    for _ in 0..2 {
        server.advance(3 * HOUR_MS).await;
        let link = browser.link("gitlab").await;
        assert_eq!(
            (&link["authenticated"], &link["has_refresh_token"]),
            (&json!(true), &json!(true)),
            "{link}"
        );
    }
    assert!(asked(2)(&server.state().await));
}

#[tokio::test]
async fn a_successful_refresh_is_stored_although_the_token_is_not_valid() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    let before = browser.link("gitlab").await;
    server
        .control("providers/gitlab", json!({ "validate": "revoked" }))
        .await;
    server.advance(2 * HOUR_MS).await;
    let link = browser.link("gitlab").await;
    assert_eq!(link["validate_error"], "token failed to validate");
    assert_ne!(link["updated_at"], before["updated_at"]);
}

#[tokio::test]
async fn refresh_and_validation_have_ten_seconds_together() {
    let server = with_expired_token().await;
    let browser = server.visitor().await;
    for (path, hold) in [("/gitlab/token", "token"), ("/gitlab/user", "user")] {
        server
            .fault(json!({ "origin": "provider", "path": path, "hold": hold }))
            .await;
    }
    let mut waiting = browser.clone();
    let list = tokio::spawn(async move { waiting.link("gitlab").await });
    server.until_waiting("token", 1).await;
    server.advance(8_000).await;
    server.control("release", json!({ "hold": "token" })).await;
    server.until_waiting("user", 1).await;
    server.advance(2_000).await;
    server.until("the list", |_| list.is_finished()).await;
    assert_eq!(
        list.await.unwrap()["validate_error"],
        format!(
            "validate external auth token: Get \"{}/gitlab/user\": context deadline exceeded",
            server.provider
        )
    );
}
