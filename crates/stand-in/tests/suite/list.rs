use serde_json::{Value, json};

use crate::support::Server;

const HOUR_MS: i64 = 3_600_000;

fn verdict(list: &Value, id: &str) -> (bool, String) {
    let links = list["links"].as_array().unwrap();
    let link = links.iter().find(|link| link["provider_id"] == id).unwrap();
    (
        link["authenticated"].as_bool().unwrap(),
        link["validate_error"].as_str().unwrap().to_owned(),
    )
}

#[tokio::test]
async fn the_default_scenario_shows_one_of_each() {
    let server = Server::start().await;
    let list = server.visitor().await.list().await;
    let providers: Vec<_> = list["providers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|provider| &provider["id"])
        .collect();
    assert_eq!(
        providers,
        [
            "github",
            "github-work",
            "gitlab",
            "bitbucket",
            "azure-devops",
            "gitea",
            "slack",
            "jfrog",
            "bitbucket-server",
            "codeberg",
            "internal-git"
        ]
    );
    for id in ["github", "github-work", "gitlab", "bitbucket", "jfrog"] {
        assert_eq!(verdict(&list, id), (true, String::new()), "{id}");
    }
    for (id, beginning, part) in [
        (
            "azure-devops",
            "token expired and refreshing failed 2 hours ago with: ",
            "invalid_grant",
        ),
        ("gitea", "token failed to validate", ""),
        (
            "slack",
            "validate external auth token: status 429: body: ",
            "ratelimited",
        ),
        ("old-gitlab", "", ""),
    ] {
        let (authenticated, error) = verdict(&list, id);
        assert!(
            !authenticated && error.starts_with(beginning) && error.contains(part),
            "{id}: {error}"
        );
    }
    assert_eq!(verdict(&list, "old-gitlab").1, "");
    for id in ["bitbucket-server", "codeberg", "internal-git"] {
        assert!(
            list["links"]
                .as_array()
                .unwrap()
                .iter()
                .all(|link| link["provider_id"] != id),
            "{id}"
        );
    }
    let github = &list["links"]
        .as_array()
        .unwrap()
        .iter()
        .find(|link| link["provider_id"] == "github")
        .unwrap();
    assert_eq!(github["expires"], "0001-01-01T00:00:00Z");
}

#[tokio::test]
async fn an_empty_deployment_has_empty_lists() {
    let server = Server::with_scenario("empty").await;
    let list = server.visitor().await.list().await;
    assert_eq!(list, json!({ "providers": [], "links": [] }));
}

#[tokio::test]
async fn the_failing_list_fails_until_faults_are_cleared() {
    let server = Server::with_scenario("failing").await;
    let mut browser = server.visitor().await;
    for _ in 0..2 {
        let answer = browser.get("/api/v2/external-auth").await;
        assert_eq!(answer.status, 500);
        assert!(answer.json()["message"].is_string());
    }
    server.browser().delete("/_stand-in/faults").await;
    assert_eq!(browser.get("/api/v2/external-auth").await.status, 200);
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
async fn a_client_that_goes_away_loses_the_single_use_refresh_token() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    server.advance(2 * HOUR_MS).await;
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
            .starts_with("refresh token: "),
        "{link}"
    );
    assert_eq!(link["has_refresh_token"], true, "as before the attempt");
}

#[tokio::test]
async fn two_lists_at_once_fight_for_the_refresh_token() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    server.advance(2 * HOUR_MS).await;
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
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    server.advance(2 * HOUR_MS).await;
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
async fn a_refresh_that_fails_for_good_is_not_tried_again() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    server
        .control("providers/gitlab", json!({ "refresh": "invalid_grant" }))
        .await;
    server.advance(2 * HOUR_MS).await;
    let first = browser.link("gitlab").await["validate_error"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(
        first.starts_with("refresh token: oauth2: \"invalid_grant\""),
        "{first}"
    );
    server.advance(5 * 60_000).await;
    let second = browser.link("gitlab").await["validate_error"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(
        second.starts_with("token expired and refreshing failed 5 minutes ago with: oauth2: "),
        "{second}"
    );
    assert_eq!(server.service("gitlab").await["calls"]["token"], 1);
}

#[tokio::test]
async fn a_refresh_that_fails_in_passing_is_tried_for_ten_seconds() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    server
        .control("providers/gitlab", json!({ "refresh": "unavailable" }))
        .await;
    server.advance(2 * HOUR_MS).await;
    let mut waiting = browser.clone();
    let list = tokio::spawn(async move { waiting.link("gitlab").await });
    for (attempt, then_ms) in [(1, 500), (2, 1000), (3, 2000), (4, 4000), (5, 2500)] {
        let tried = |state: &Value| {
            let services = state["services"].as_array().unwrap();
            services
                .iter()
                .any(|service| service["id"] == "gitlab" && service["calls"]["token"] == attempt)
        };
        server.until(&format!("attempt {attempt}"), tried).await;
        server.advance(then_ms).await;
    }
    server.until("the list", |_| list.is_finished()).await;
    let error = list.await.unwrap()["validate_error"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(
        error.starts_with("refresh token: oauth2: cannot fetch token: 503"),
        "{error}"
    );

    server
        .control("providers/gitlab", json!({ "refresh": "ok" }))
        .await;
    assert_eq!(browser.link("gitlab").await["authenticated"], true);
}

#[tokio::test]
async fn without_a_refresh_token_an_expired_link_is_final() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    server.advance(4 * 24 * HOUR_MS).await;
    let error = browser.link("bitbucket").await["validate_error"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(
        error,
        "token expired, refreshing is either disabled or refreshing failed and will not be retried"
    );
}

#[tokio::test]
async fn a_provider_that_is_down_is_told_with_its_page() {
    let server = Server::start().await;
    server
        .control("providers/bitbucket", json!({ "validate": "unavailable" }))
        .await;
    let error = server.visitor().await.link("bitbucket").await["validate_error"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(
        error.starts_with("validate external auth token: status 503: body: <!DOCTYPE html>"),
        "{error}"
    );
}

#[tokio::test]
async fn links_are_validated_one_after_the_other() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    server
        .fault(json!({ "origin": "provider", "path": "/github/user", "hold": "github" }))
        .await;
    let list = tokio::spawn(async move { browser.list().await });
    server.until_waiting("github", 1).await;
    assert_eq!(server.service("bitbucket").await["calls"]["user"], 1);
    assert!(server.service("gitlab").await["calls"]["user"].is_null());
    server.control("release", json!({ "hold": "github" })).await;
    assert_eq!(
        verdict(&list.await.unwrap(), "gitlab"),
        (true, String::new())
    );
}

#[tokio::test]
async fn a_provider_that_is_not_configured_any_more_leaves_an_orphan() {
    let server = Server::start().await;
    server
        .control("providers/gitlab", json!({ "configured": false }))
        .await;
    let list = server.visitor().await.list().await;
    assert!(
        list["providers"]
            .as_array()
            .unwrap()
            .iter()
            .all(|provider| provider["id"] != "gitlab")
    );
    assert_eq!(verdict(&list, "gitlab"), (false, String::new()));
}

#[tokio::test]
async fn a_long_list_is_answered_like_a_short_one() {
    let server = Server::with_scenario("many=60").await;
    let mut browser = server.visitor().await;
    let list = browser.list().await;
    let count = |name: &str| list[name].as_array().unwrap().len();
    assert_eq!((count("providers"), count("links")), (60, 24 + 2));
    for (id, beginning) in [
        ("gitea-mobile-5", "validate external auth token: status 429"),
        ("github-design-3", "token failed to validate"),
        (
            "github-mobile-4",
            "token expired, refreshing is either disabled",
        ),
    ] {
        let (authenticated, error) = verdict(&list, id);
        assert!(
            !authenticated && error.starts_with(beginning),
            "{id}: {error}"
        );
    }
    let live = browser.by_id("github-platform-1").await.json();
    assert_eq!(live["user"]["login"], "ada");
    assert_eq!(live["installations"].as_array().unwrap().len(), 27);
}
