use serde_json::{Value, json};

use crate::support::{Browser, Server};

async fn outcome(browser: &mut Browser, id: &str) -> (bool, String) {
    let answer = browser.unlink(id).await;
    assert_eq!(answer.status, 200, "{id}: {}", answer.body);
    let body = answer.json();
    let error = body["token_revocation_error"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    (body["token_revoked"].as_bool().unwrap(), error)
}

#[tokio::test]
async fn both_revocation_styles_revoke_the_token() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    for id in ["github", "gitlab"] {
        assert_eq!(outcome(&mut browser, id).await, (true, String::new()));
        assert_eq!(server.token_statuses(id).await, ["revoked"]);
        assert!(browser.link(id).await.is_null());
    }
}

#[tokio::test]
async fn without_revocation_the_token_is_not_revoked() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    for id in ["bitbucket", "azure-devops"] {
        assert_eq!(outcome(&mut browser, id).await, (false, String::new()));
        assert!(server.service(id).await["calls"]["revoke"].is_null());
    }
    assert_eq!(server.token_statuses("bitbucket").await, ["active"]);
}

#[tokio::test]
async fn a_failed_revocation_is_reported_with_status_and_body() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    let (revoked, error) = outcome(&mut browser, "gitea").await;
    assert!(!revoked);
    assert!(
        error.starts_with("failed to revoke token: 502 <!DOCTYPE html>"),
        "{error}"
    );
    assert!(
        browser.link("gitea").await.is_null(),
        "removed all the same"
    );

    browser.link_account("codeberg", "ada").await;
    assert_eq!(
        outcome(&mut browser, "codeberg").await,
        (
            false,
            "failed to revoke token: 500 {\"error\":\"server_error\"}".to_owned()
        )
    );
}

#[tokio::test]
async fn the_status_decides_whether_a_token_was_revoked() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    let no = r#"{"ok":false}"#;
    for (id, status, body, is_revoked) in [
        // Slack answers so, with the refusal in the body.
        ("gitlab", 200, no, true),
        ("gitlab", 204, "", false),
        ("gitlab", 202, no, false),
        ("github", 204, "", true),
        ("github", 200, no, false),
        ("github", 404, "", false),
    ] {
        let answer = json!({ "revoke": "error", "revoke_status": status, "revoke_body": body });
        server.control(&format!("providers/{id}"), answer).await;
        server.control(&format!("links/{id}"), json!({})).await;
        let error = if is_revoked {
            String::new()
        } else {
            format!("failed to revoke token: {status} {body}")
        };
        assert_eq!(
            outcome(&mut browser, id).await,
            (is_revoked, error),
            "{id} {status}"
        );
    }
}

#[tokio::test]
async fn a_revocation_can_be_neither_confirmed_nor_refused() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    assert_eq!(outcome(&mut browser, "jfrog").await, (false, String::new()));
    assert_eq!(server.token_statuses("jfrog").await, ["active"]);
}

#[tokio::test]
async fn a_provider_has_ten_seconds_to_answer() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    server
        .control("providers/gitlab", json!({ "revoke": "timeout" }))
        .await;
    let unlinking = tokio::spawn(async move { browser.unlink("gitlab").await.json() });
    let asked = |state: &Value| {
        let services = state["services"].as_array().unwrap();
        services
            .iter()
            .any(|service| service["id"] == "gitlab" && service["calls"]["revoke"] == 1)
    };
    server.until("the revocation", asked).await;
    server.advance(9_000).await;
    assert!(!unlinking.is_finished());
    server.advance(1_000).await;
    // The state is read without waiting: real time must not count as the clock's.
    server
        .until("the answer", |_| unlinking.is_finished())
        .await;
    assert_eq!(
        unlinking.await.unwrap()["token_revocation_error"],
        format!(
            "Post \"{}/gitlab/revoke?client_id=gitlab-client\": context deadline exceeded",
            server.provider
        )
    );
}

#[tokio::test]
async fn the_grant_at_github_is_revoked_with_all_its_tokens() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    browser.link_account("github", "ada").await;
    assert_eq!(server.token_statuses("github").await, ["active", "active"]);
    assert_eq!(outcome(&mut browser, "github").await, (true, String::new()));
    assert_eq!(
        server.token_statuses("github").await,
        ["revoked", "revoked"]
    );
}

#[tokio::test]
async fn a_provider_without_a_link_cannot_be_unlinked() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    assert_eq!(browser.unlink("gitlab").await.status, 200);
    for id in ["gitlab", "codeberg", "nowhere", "old-gitlab"] {
        assert_eq!(browser.unlink(id).await.status, 404, "{id}");
    }
    assert!(!browser.link("old-gitlab").await.is_null());
}
