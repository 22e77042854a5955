use serde_json::json;

use crate::support::Server;

#[tokio::test]
async fn the_answer_for_github_has_user_and_installations() {
    let server = Server::start().await;
    let found = server.visitor().await.by_id("github").await.json();
    assert_eq!(found["authenticated"], true);
    assert_eq!(found["user"]["login"], "ada");
    assert_eq!(found["user"]["name"], "Ada Lovelace");
    assert!(
        found["user"]["avatar_url"]
            .as_str()
            .unwrap()
            .starts_with("data:image/")
    );
    assert_eq!(found["app_installable"], true);
    assert_eq!(found["installations"].as_array().unwrap().len(), 2);
    assert_eq!(
        found["installations"][1]["account"]["login"],
        "analytical-engine"
    );
    assert_eq!(
        found["supports_revocation"], false,
        "left out here, as today's servers do"
    );
}

#[tokio::test]
async fn an_app_without_installations_can_be_installed() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    let found = browser.by_id("github-work").await.json();
    assert_eq!(
        (&found["app_installable"], &found["installations"]),
        (&json!(true), &json!([]))
    );
    let address = found["app_install_url"].as_str().unwrap();
    assert!(
        browser
            .get(address)
            .await
            .body
            .contains("<button>Install</button>")
    );
    browser.post_form(address, "").await;
    let installations = browser.by_id("github-work").await.json()["installations"].clone();
    assert_eq!(installations[0]["account"]["login"], "ada");
    let configure = installations[0]["configure_url"].as_str().unwrap();
    assert_eq!(browser.get(configure).await.status, 200);
    assert_eq!(
        browser
            .get(installations[0]["account"]["profile_url"].as_str().unwrap())
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn other_types_have_no_user() {
    let server = Server::start().await;
    server
        .control("providers/gitlab", json!({ "app_installable": true }))
        .await;
    let found = server.visitor().await.by_id("gitlab").await.json();
    assert_eq!(
        (&found["authenticated"], &found["user"]),
        (&json!(true), &json!(null))
    );
    assert_eq!(
        (&found["app_installable"], &found["installations"]),
        (&json!(true), &json!([]))
    );
}

#[tokio::test]
async fn a_provider_without_a_link_is_not_authenticated() {
    let server = Server::start().await;
    let found = server.visitor().await.by_id("internal-git").await.json();
    assert_eq!(
        found,
        json!({
            "authenticated": false, "device": true, "display_name": "internal-git",
            "supports_revocation": false, "user": null,
            "app_installable": false, "app_install_url": "", "installations": [],
        })
    );
}

#[tokio::test]
async fn an_unknown_provider_is_not_found() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    for id in ["nowhere", "old-gitlab"] {
        let answer = browser.by_id(id).await;
        assert_eq!(answer.status, 404, "{id}");
        assert!(answer.json()["message"].is_string());
    }
}

#[tokio::test]
async fn without_a_user_endpoint_the_provider_is_not_asked() {
    let server = Server::start().await;
    assert_eq!(
        server.visitor().await.by_id("jfrog").await.json()["authenticated"],
        true
    );
    assert_eq!(server.service("jfrog").await["calls"], json!({}));
}

#[tokio::test]
async fn an_expired_token_is_not_valid_and_not_validated() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    server
        .control("providers/github", json!({ "validate": "rate_limited" }))
        .await;
    for id in ["github", "jfrog"] {
        server
            .control(&format!("links/{id}"), json!({ "expires_in_ms": 0 }))
            .await;
        assert_eq!(
            browser.by_id(id).await.json()["authenticated"],
            false,
            "{id}"
        );
    }
}

#[tokio::test]
async fn the_type_github_is_recognised_in_any_case() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    server
        .control("providers/github", json!({ "type": "GitHub" }))
        .await;
    let found = browser.by_id("github").await.json();
    assert_eq!(found["user"]["login"], "ada");
    assert_eq!(found["installations"][0]["id"], 71);
    assert_eq!(browser.list().await["providers"][0]["type"], "GitHub");
}
