use serde_json::{Value, json};

use crate::support::{Browser, Server};

/// The answers of the list and of by-id about a token.
async fn verdicts(browser: &mut Browser, id: &str) -> (Value, Value, Value) {
    let link = browser.link(id).await;
    let live = browser.by_id(id).await.json();
    (
        link["authenticated"].clone(),
        link["validate_error"].clone(),
        live["authenticated"].clone(),
    )
}

fn accepted() -> (Value, Value, Value) {
    (json!(true), json!(""), json!(true))
}

#[tokio::test]
async fn a_rate_limit_does_not_make_a_token_invalid() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    // GitHub answers a rate limit with 403 and a count, others with 429.
    for id in ["github", "gitlab"] {
        let limited = json!({ "validate": "rate_limited" });
        server.control(&format!("providers/{id}"), limited).await;
        assert_eq!(verdicts(&mut browser, id).await, accepted(), "{id}");
    }
    let found = browser.by_id("github").await.json();
    assert_eq!(
        (
            &found["user"],
            &found["app_installable"],
            &found["installations"]
        ),
        (&json!(null), &json!(false), &json!([])),
        "nothing of what it would have told"
    );
    // GitHub answers its secondary rate limit with another header.
    server
        .fault(json!({
            "origin": "provider", "path": "/bitbucket/user", "status": 403,
            "headers": { "Retry-After": "60" },
        }))
        .await;
    assert_eq!(verdicts(&mut browser, "bitbucket").await, accepted());
}

#[tokio::test]
async fn a_refusal_makes_a_token_invalid_and_any_other_status_is_an_error() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    for status in [401, 403] {
        server
            .control("providers/gitlab", json!({ "validate_status": status }))
            .await;
        let refused = (
            json!(false),
            json!("token failed to validate"),
            json!(false),
        );
        assert_eq!(verdicts(&mut browser, "gitlab").await, refused, "{status}");
    }
    for status in [204, 404, 500, 503] {
        server
            .control(
                "providers/gitlab",
                json!({ "validate_status": status, "validate_body": "<p>token expired</p>" }),
            )
            .await;
        let reason = format!("status {status}: body: <p>token expired</p>");
        let link = browser.link("gitlab").await;
        assert_eq!(
            link["validate_error"],
            format!("validate external auth token: {reason}")
        );
        let live = browser.by_id("gitlab").await;
        assert_eq!(live.status, 500);
        assert_eq!(
            (&live.json()["message"], &live.json()["detail"]),
            (&json!("Failed to validate token."), &json!(reason))
        );
    }
    server
        .control("providers/gitlab", json!({ "validate": "ok" }))
        .await;
    assert_eq!(verdicts(&mut browser, "gitlab").await, accepted());
}

#[tokio::test]
async fn an_error_of_the_installations_is_ignored() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    for status in [401, 403, 404, 500, 503] {
        server
            .control(
                "providers/github",
                json!({ "installations_status": status }),
            )
            .await;
        let found = browser.by_id("github").await.json();
        assert_eq!(
            (
                &found["authenticated"],
                &found["user"]["login"],
                &found["app_installable"],
                &found["installations"]
            ),
            (&json!(true), &json!("ada"), &json!(false), &json!([])),
            "{status}"
        );
    }
    server
        .control("providers/github", json!({ "installations_status": 200 }))
        .await;
    let found = browser.by_id("github").await.json();
    assert_eq!(found["app_installable"], true);
}

#[tokio::test]
async fn installations_and_user_are_requested_at_the_same_time() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    server
        .fault(json!({ "origin": "provider", "path": "/github/user", "hold": "user" }))
        .await;
    let live = tokio::spawn(async move { browser.by_id("github").await });
    server.until_waiting("user", 1).await;
    let asked = |state: &Value| {
        let services = state["services"].as_array().unwrap();
        services
            .iter()
            .any(|service| service["id"] == "github" && service["calls"]["installations"] == 1)
    };
    server.until("the installations", asked).await;
    server.control("release", json!({ "hold": "user" })).await;
    assert_eq!(live.await.unwrap().json()["app_installable"], true);
}

#[tokio::test]
async fn at_most_30_installations_are_returned() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    for (count, told) in [(29, 29), (30, 30), (31, 30)] {
        let installations: Vec<_> = (1..=count)
            .map(|id| json!({ "id": id, "account": { "login": format!("team-{id}") } }))
            .collect();
        server
            .control(
                "providers/github",
                json!({ "installations": installations }),
            )
            .await;
        let found = browser.by_id("github").await.json();
        assert_eq!(found["installations"].as_array().unwrap().len(), told);
    }
}

#[tokio::test]
async fn the_list_waits_ten_seconds_for_a_provider() {
    let server = Server::start().await;
    let browser = server.visitor().await;
    server
        .fault(json!({ "origin": "provider", "path": "/gitlab/user", "hold": "user" }))
        .await;
    let link = server.link_in_time(&browser, "gitlab").await;
    assert_eq!(
        link["validate_error"],
        format!(
            "validate external auth token: Get \"{}/gitlab/user\": context deadline exceeded",
            server.provider
        )
    );
}
