//! Permanent and transient failures of a refresh.

use serde_json::json;

use super::{HOUR_MS, MINUTE_MS, asked, with_expired_token};
use crate::support::Server;

#[tokio::test]
async fn a_permanent_failure_is_reported_first_with_the_old_values() {
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
async fn every_permanent_failure_removes_the_refresh_token() {
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
async fn a_transient_failure_is_retried_for_ten_seconds_and_changes_nothing() {
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
async fn the_pauses_between_retries_grow_from_250_ms_to_two_seconds() {
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
async fn a_reason_is_quoted_up_to_400_bytes() {
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
async fn without_a_refresh_token_an_expired_link_is_not_refreshed() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    server.advance(4 * 24 * HOUR_MS).await;
    assert_eq!(
        browser.link("bitbucket").await["validate_error"],
        "token expired, refreshing is either disabled or refreshing failed and will not be retried"
    );
}
