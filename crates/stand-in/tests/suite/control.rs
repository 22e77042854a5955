use serde_json::json;

use crate::support::Server;

#[tokio::test]
async fn a_request_that_cannot_be_done_is_refused() {
    let server = Server::start().await;
    for (path, body) in [
        ("faults", json!({ "path": "/a", "stauts": 500 })),
        ("faults", json!({ "path": "relative" })),
        ("faults", json!({ "path": "/a", "status": 42 })),
        ("release", json!({ "hold": "unheard of" })),
        ("reset", json!({ "scenario": "none" })),
        ("reset", json!({ "scenario": "many=0" })),
        ("providers/gitlab", json!({ "validate": "maybe" })),
        ("providers/gitlab", json!({ "unknown": 1 })),
        ("providers/gitlab", json!({ "refresh": "maybe" })),
        ("providers/gitlab", json!({ "refresh_status": 99 })),
        ("providers/gitlab", json!({ "validate_status": 600 })),
        ("providers/gitlab", json!({ "installations_status": 0 })),
        ("providers/a%2Fb", json!({})),
        ("links/gitlab", json!({ "updated_at": "yesterday" })),
        ("links/gitlab", json!({ "expires": "soon" })),
        (
            "providers/gitlab",
            json!({ "accounts": [{ "logn": "ada" }] }),
        ),
        ("links/gitlab", json!({ "user": "nobody" })),
        ("sessions", json!({ "user": "nobody" })),
        ("clock", json!({ "advance_ms": -1 })),
        ("clock", json!({})),
        ("device/internal-git", json!({})),
        ("device/internal-git", json!({ "approve": true })),
        ("device/nowhere", json!({ "approve": true })),
        ("providers/gitlab", json!({ "interval": -1 })),
    ] {
        let answer = server
            .browser()
            .send(
                "POST",
                &format!("/_stand-in/{path}"),
                &[],
                &body.to_string(),
            )
            .await;
        assert_eq!(answer.status, 400, "{path} {body}");
        assert!(answer.json()["detail"].is_string());
    }
    assert_eq!(
        server
            .browser()
            .send("POST", "/_stand-in/faults", &[], "not json")
            .await
            .status,
        400
    );
    assert_eq!(server.browser().get("/_stand-in/nowhere").await.status, 404);
}

#[tokio::test]
async fn a_reset_restores_the_state_of_the_start() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    let before = browser.list().await;
    browser.unlink("github").await;
    server.advance(60_000).await;
    server.fault(json!({ "path": "*", "status": 500 })).await;
    assert_eq!(
        server
            .control("reset", json!({ "scenario": "empty" }))
            .await["scenario"],
        "empty"
    );
    assert_eq!(server.state().await["providers"], json!([]));
    assert_eq!(
        server.control("reset", json!({})).await["scenario"],
        "default"
    );
    let after = server.visitor().await.list().await;
    assert_eq!(after["providers"], before["providers"]);
    let verdicts = |list: &serde_json::Value| -> Vec<String> {
        let links = list["links"].as_array().unwrap();
        links
            .iter()
            .map(|link| {
                format!(
                    "{} {} {}",
                    link["provider_id"], link["authenticated"], link["validate_error"]
                )
            })
            .collect()
    };
    assert_eq!(verdicts(&after), verdicts(&before));
}

#[tokio::test]
async fn the_state_contains_no_secret() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    browser.link_account("gitlab", "ada").await;
    let state = server.state().await.to_string();
    for secret in [
        "access-",
        "refresh-",
        "code-",
        "-secret",
        &browser.cookies["coder_session_token"],
    ] {
        assert!(!state.contains(secret), "{secret}");
    }
    assert_eq!(server.state().await["sessions"], 1);
}

#[tokio::test]
async fn a_provider_and_a_link_can_be_added() {
    let server = Server::with_scenario("empty").await;
    server
        .control(
            "providers/forge",
            json!({
                "type": "github", "display_name": "Forge", "supports_revocation": true, "revocation_style": "github",
                "app_installable": true,
                "installations": [{ "id": 5, "configure_url": "https://forge.example/5", "account": { "login": "x" } }],
            }),
        )
        .await;
    server
        .control(
            "links/forge",
            json!({ "login": "linus", "expires_in_ms": 3_600_000, "has_refresh_token": true }),
        )
        .await;
    let mut browser = server.visitor().await;
    let link = browser.link("forge").await;
    assert_eq!(
        (&link["authenticated"], &link["has_refresh_token"]),
        (&json!(true), &json!(true))
    );
    let found = browser.by_id("forge").await.json();
    assert_eq!(found["user"]["login"], "linus");
    assert_eq!(found["installations"][0]["id"], 5);

    server
        .control(
            "links/forge",
            json!({ "expires": null, "updated_at": "2026-01-02T03:04:05Z" }),
        )
        .await;
    let link = browser.link("forge").await;
    assert_eq!(link["expires"], "0001-01-01T00:00:00Z");
    assert_eq!(link["updated_at"], "2026-01-02T03:04:05Z");
    assert_eq!(
        browser.by_id("forge").await.json()["user"]["login"],
        "linus"
    );

    server
        .control("links/forge", json!({ "token": "revoked" }))
        .await;
    assert_eq!(
        browser.link("forge").await["validate_error"],
        "token failed to validate"
    );
    server
        .control("links/forge", json!({ "linked": false }))
        .await;
    assert_eq!(browser.list().await["links"], json!([]));
    server.control("links/gone", json!({})).await;
    assert_eq!(browser.link("gone").await["authenticated"], false);
}

#[tokio::test]
async fn a_failed_refresh_can_be_set_and_removed() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    server
        .control(
            "links/gitlab",
            json!({ "expires_in_ms": -1000, "refresh_failure": "oauth2: \"invalid_grant\"" }),
        )
        .await;
    let error = browser.link("gitlab").await["validate_error"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(
        error.ends_with("with: oauth2: \"invalid_grant\""),
        "{error}"
    );
    assert_eq!(browser.link("gitlab").await["has_refresh_token"], false);
    server
        .control(
            "links/gitlab",
            json!({ "refresh_failure": "", "has_refresh_token": true }),
        )
        .await;
    assert_eq!(browser.link("gitlab").await["authenticated"], true);
}

#[tokio::test]
async fn the_clock_moves_the_dates_of_answers() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    let before = browser.get("/api/v2/buildinfo").await;
    server.advance(40 * 86_400_000).await;
    let after = browser.get("/api/v2/buildinfo").await;
    assert!(before.header("date").ends_with(" GMT") && after.header("date").ends_with(" GMT"));
    assert_ne!(before.header("date")[8..16], after.header("date")[8..16]);
    assert_eq!(browser.link("bitbucket").await["authenticated"], false);
}

#[tokio::test]
async fn a_website_cannot_use_the_stand_in() {
    const JSON: &str = "Content-Type: application/json";
    const FORM: &str = "Content-Type: text/plain";
    const FOREIGN: &str = "Sec-Fetch-Site: cross-site";
    const REBOUND: &str = "Host: rebound.example:8085";
    const LIST: &str = "/api/v2/external-auth";
    const RESET: &str = "/_stand-in/reset";
    let server = Server::start().await;
    let by_provider = format!("{}{RESET}", server.provider);
    for (method, address, headers, status) in [
        ("POST", RESET, &[JSON][..], 200),
        ("POST", RESET, &[FORM], 415),
        ("POST", &by_provider, &[FORM], 415),
        ("POST", RESET, &[JSON, FOREIGN], 403),
        ("POST", &by_provider, &[JSON, FOREIGN], 403),
        ("POST", RESET, &[JSON, REBOUND], 421),
        ("GET", LIST, &[REBOUND], 421),
        ("GET", LIST, &[FOREIGN, "Sec-Fetch-Mode: cors"], 403),
        ("GET", LIST, &["Sec-Fetch-Site: same-site"], 401),
        // A person follows a link, and a page of another host shows an avatar.
        (
            "GET",
            "/accounts/",
            &[FOREIGN, "Sec-Fetch-Mode: navigate"],
            200,
        ),
        (
            "GET",
            "/icon/gitlab.svg",
            &[FOREIGN, "Sec-Fetch-Dest: image"],
            200,
        ),
        // A page of another site sends a form.
        (
            "POST",
            "/accounts/",
            &[FOREIGN, "Sec-Fetch-Mode: navigate"],
            403,
        ),
    ] {
        let answer = server.browser().send(method, address, headers, "").await;
        assert_eq!(answer.status, status, "{method} {address} {headers:?}");
    }
}

#[tokio::test]
async fn the_state_contains_the_reports_of_browsers() {
    let server = Server::start().await;
    let report = json!({ "csp-report": { "violated-directive": "script-src" } });
    for body in [report.to_string(), "no json".to_owned()] {
        let answer = server
            .browser()
            .send("POST", "/_stand-in/csp-report", &[], &body)
            .await;
        assert_eq!(answer.status, 204);
    }
    assert_eq!(
        server.state().await["csp_violations"],
        json!([report, "no json"])
    );
}

#[tokio::test]
async fn the_log_has_only_requests_to_the_api_and_to_pages() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    browser.unlink("jfrog").await;
    browser.get("/icon/github.svg").await;
    browser.get("/external-auth/gitlab?redirected=true").await;
    let log = server.log().await;
    let lines: Vec<_> = log["requests"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| {
            let text = |name: &str| entry[name].as_str().unwrap().to_owned();
            format!(
                "{} {} {} {}",
                text("method"),
                text("path"),
                text("query"),
                entry["status"]
            )
        })
        .collect();
    assert_eq!(
        lines,
        [
            "GET /  200",
            "DELETE /api/v2/external-auth/jfrog  200",
            "GET /external-auth/gitlab redirected=true 200"
        ]
    );
    assert_eq!(
        (&log["requests"][1]["session"], &log["requests"][1]["csrf"]),
        (&json!("cookie"), &json!(true))
    );
    server.browser().delete("/_stand-in/requests").await;
    assert_eq!(
        server.log().await,
        json!({ "in_flight": 0, "requests": [] })
    );
}
