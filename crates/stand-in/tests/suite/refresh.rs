use serde_json::{Value, json};

use crate::support::Server;

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;

/// A server at which the token for GitLab has expired.
async fn with_expired_token() -> Server {
    let server = Server::start().await;
    server.advance(2 * HOUR_MS).await;
    server
}

/// A server from before refreshes were shared and detached from the request.
async fn older_with_expired_token() -> Server {
    let server = with_expired_token().await;
    server
        .control("providers/gitlab", json!({ "shared_refresh": false }))
        .await;
    server
}

/// Whether the token endpoint was asked so often.
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
async fn a_client_that_goes_away_loses_no_token() {
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
    // The server has seen that the client is gone.
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
async fn at_an_older_server_a_client_that_goes_away_loses_the_refresh_token() {
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

    // The provider has used it up; the deployment never got the new one.
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
async fn two_lists_at_once_share_a_refresh() {
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
    // GitLab's links are asked for after GitHub's: both have come that far.
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
async fn at_an_older_server_two_lists_fight_for_the_refresh_token() {
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
async fn a_refresh_does_not_undo_a_link_that_was_made_meanwhile() {
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
async fn a_failure_for_good_is_told_with_the_old_values_and_then_with_the_new() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    let before = browser.link("gitlab").await;
    server
        .control("providers/gitlab", json!({ "refresh": "invalid_grant" }))
        .await;
    server.advance(2 * HOUR_MS).await;
    let reason = "oauth2: \"invalid_grant\" \"The refresh token is no longer valid.\"";

    let first = browser.link("gitlab").await;
    assert_eq!(first["validate_error"], format!("refresh token: {reason}"));
    for field in ["updated_at", "expires", "has_refresh_token"] {
        assert_eq!(first[field], before[field], "{field}");
    }

    server.advance(5 * MINUTE_MS).await;
    let second = browser.link("gitlab").await;
    assert_eq!(
        second["validate_error"],
        format!("token expired and refreshing failed 5 minutes ago with: {reason}")
    );
    assert_eq!(second["has_refresh_token"], false);
    assert_eq!(second["expires"], before["expires"]);
    assert_ne!(second["updated_at"], before["updated_at"]);
    assert!(asked(1)(&server.state().await), "not tried again");
}

#[tokio::test]
async fn every_final_code_and_status_drops_the_refresh_token_at_once() {
    let server = with_expired_token().await;
    let mut browser = server.visitor().await;
    for (answer, beginning) in [
        (
            json!({ "refresh": "bad_refresh_token" }),
            "oauth2: \"bad_refresh_token\" \"The refresh token is wrong or has ended.\" \"https://",
        ),
        (
            json!({ "refresh": "invalid_grant", "refresh_status": 503 }),
            "oauth2: \"invalid_grant\" ",
        ),
        (
            json!({ "refresh": "unauthorized_client" }),
            "oauth2: \"unauthorized_client\" ",
        ),
        (
            json!({ "refresh": "unsupported_grant_type" }),
            "oauth2: \"unsupported_grant_type\" ",
        ),
        (
            json!({ "refresh": "incorrect_client_credentials" }),
            "oauth2: \"incorrect_client_credentials\" ",
        ),
        (
            json!({ "refresh": "invalid_client" }),
            "oauth2: \"invalid_client\" ",
        ),
        (
            json!({ "refresh": "no_token" }),
            "oauth2: server response missing access_token",
        ),
        (
            json!({ "refresh_status": 400, "refresh_body": "<p>No</p>" }),
            "oauth2: cannot fetch token: 400 Bad Request\nResponse: <p>No</p>",
        ),
        (
            json!({ "refresh_status": 401 }),
            "oauth2: cannot fetch token: 401 Unauthorized\nResponse: <!DOCTYPE html>",
        ),
    ] {
        server
            .control(
                "links/gitlab",
                json!({ "refresh_failure": "", "has_refresh_token": true, "expires_in_ms": 0 }),
            )
            .await;
        server.control("providers/gitlab", answer.clone()).await;
        let error = browser.link("gitlab").await["validate_error"].clone();
        let beginning = format!("refresh token: {beginning}");
        assert!(error.as_str().unwrap().starts_with(&beginning), "{error}");
        let link = browser.link("gitlab").await;
        assert_eq!(link["has_refresh_token"], false, "{answer}");
    }
}

#[tokio::test]
async fn what_may_pass_is_tried_again_for_ten_seconds_and_changes_nothing() {
    let server = with_expired_token().await;
    let browser = server.visitor().await;
    let stored = || async {
        let state = server.state().await;
        let links = state["links"].as_array().unwrap();
        let gitlab = links.iter().find(|link| link["provider_id"] == "gitlab");
        gitlab.unwrap().clone()
    };
    let before = stored().await;
    let url = format!("{}/gitlab/token", server.provider);
    for (answer, beginning) in [
        (
            json!({ "refresh": "unavailable" }),
            "oauth2: cannot fetch token: 503 Service Unavailable\nResponse: <!DOCTYPE html>"
                .to_owned(),
        ),
        (
            json!({ "refresh_status": 403 }),
            "oauth2: cannot fetch token: 403 Forbidden\nResponse: <!DOCTYPE html>".to_owned(),
        ),
        (
            json!({ "refresh_status": 429, "refresh_body": "slow down" }),
            "oauth2: cannot fetch token: 429 Too Many Requests\nResponse: slow down".to_owned(),
        ),
        (
            json!({ "refresh": "temporarily_unavailable" }),
            "oauth2: \"temporarily_unavailable\" \"The server is overloaded.\"".to_owned(),
        ),
        (
            json!({ "refresh": "timeout" }),
            format!("Post \"{url}\": context deadline exceeded"),
        ),
    ] {
        server.control("providers/gitlab", answer.clone()).await;
        let link = server.link_in_time(&browser, "gitlab").await;
        let error = link["validate_error"].as_str().unwrap();
        assert!(
            error.starts_with(&format!("refresh token: {beginning}")),
            "{error}"
        );
        assert_eq!(stored().await, before, "{answer}");
    }
    server
        .control("providers/gitlab", json!({ "refresh": "ok" }))
        .await;
    let mut browser = browser;
    assert_eq!(browser.link("gitlab").await["authenticated"], true);
}

#[tokio::test]
async fn pauses_grow_from_a_quarter_of_a_second_to_two() {
    let server = with_expired_token().await;
    server
        .control("providers/gitlab", json!({ "refresh": "unavailable" }))
        .await;
    let mut browser = server.visitor().await;
    let list = tokio::spawn(async move { browser.link("gitlab").await });
    for (attempt, then_ms) in [
        (1, 250),
        (2, 500),
        (3, 1000),
        (4, 2000),
        (5, 2000),
        (6, 5000),
    ] {
        server
            .until(&format!("attempt {attempt}"), asked(attempt))
            .await;
        server.advance(then_ms).await;
    }
    server.until("the list", |_| list.is_finished()).await;
}

#[tokio::test]
async fn a_refresh_token_that_is_left_out_of_the_answer_is_kept() {
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
async fn a_refresh_that_succeeds_counts_as_a_change_though_the_token_is_refused() {
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

#[tokio::test]
async fn a_reason_is_kept_up_to_400_bytes() {
    let server = with_expired_token().await;
    let mut browser = server.visitor().await;
    let body = "é".repeat(1000);
    server
        .control(
            "providers/gitlab",
            json!({ "refresh_status": 400, "refresh_body": body }),
        )
        .await;
    let first = browser.link("gitlab").await["validate_error"].clone();
    assert!(first.as_str().unwrap().ends_with(&body), "whole at first");
    server.advance(1000).await;
    let second = browser.link("gitlab").await["validate_error"].clone();
    let (_, reason) = second.as_str().unwrap().split_once(" with: ").unwrap();
    assert!((397..=400).contains(&reason.len()), "{}", reason.len());
    assert!(reason.ends_with('é'));
}

#[tokio::test]
async fn without_a_refresh_token_an_expired_link_is_final() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    server.advance(4 * 24 * HOUR_MS).await;
    assert_eq!(
        browser.link("bitbucket").await["validate_error"],
        "token expired, refreshing is either disabled or refreshing failed and will not be retried"
    );
}
