use serde_json::{Value, json};

use crate::support::Server;

fn verdict(list: &Value, id: &str) -> (bool, String) {
    let links = list["links"].as_array().unwrap();
    let link = links.iter().find(|link| link["provider_id"] == id).unwrap();
    (
        link["authenticated"].as_bool().unwrap(),
        link["validate_error"].as_str().unwrap().to_owned(),
    )
}

#[tokio::test]
async fn the_default_scenario_has_a_link_in_each_state() {
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
            "validate external auth token: status 503: body: ",
            "503 Service Unavailable",
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
    let link = |id: &str| {
        let links = list["links"].as_array().unwrap();
        links.iter().find(|link| link["provider_id"] == id).unwrap()
    };
    // The failure removed the refresh token and changed the time.
    assert_eq!(link("azure-devops")["has_refresh_token"], false);
    assert!(link("azure-devops")["updated_at"].as_str() > link("azure-devops")["expires"].as_str());
    assert_eq!(link("github")["expires"], "0001-01-01T00:00:00Z");
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
async fn a_removed_provider_leaves_an_orphan() {
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
async fn a_long_list_is_answered() {
    let server = Server::with_scenario("many=60").await;
    let mut browser = server.visitor().await;
    let list = browser.list().await;
    let count = |name: &str| list[name].as_array().unwrap().len();
    assert_eq!((count("providers"), count("links")), (60, 24 + 2));
    for (id, beginning) in [
        ("gitea-mobile-5", "validate external auth token: status 503"),
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
