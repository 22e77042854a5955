//! The stand-in's answers equal the literal answers in
//! `crates/core/tests/answers`, field by field. The client's tests read the same
//! files.

mod compare;

use std::{fs, path::PathBuf};

use serde_json::{Value, json};

use compare::compare;

use crate::support::{Answer, Browser, Server};

const LIST: &str = "/api/v2/external-auth";

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../core/tests/answers")
}

fn literal(name: &str) -> String {
    fs::read_to_string(folder().join(name)).unwrap()
}

/// A deployment with only these providers, and its first visitor.
async fn deployment_of(providers: &[(&str, Value)]) -> (Server, Browser) {
    let server = Server::with_scenario("empty").await;
    for (id, patch) in providers {
        server
            .control(&format!("providers/{id}"), patch.clone())
            .await;
    }
    let visitor = server.visitor().await;
    (server, visitor)
}

async fn link(server: &Server, id: &str, patch: Value) {
    server.control(&format!("links/{id}"), patch).await;
}

impl Server {
    /// Compares an answer with a literal answer. At the JSON pointers in `random`
    /// only the type counts.
    #[track_caller]
    fn assert_literal(&self, name: &str, status: u16, answer: &Answer, random: &[&str]) {
        assert_eq!(answer.status, status, "{name}: {}", answer.body);
        // The ports differ at each start.
        let body = answer.json().to_string();
        let body = body
            .replace(&self.origin, "https://coder.test")
            .replace(&self.provider, "https://provider.test");
        let found = serde_json::from_str(&body).unwrap();
        let expected = serde_json::from_str(&literal(name)).unwrap();
        let mut differences = Vec::new();
        compare(&expected, &found, "", random, &mut differences);
        assert!(differences.is_empty(), "{name}: {differences:#?}");
    }
}

#[test]
fn every_literal_answer_has_a_test_here() {
    for entry in fs::read_dir(folder()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(
            name == "README.md" || include_str!("mod.rs").contains(&name),
            "{name}"
        );
    }
}

#[tokio::test]
async fn the_list() {
    let (server, mut browser) = deployment_of(&[
        (
            "github",
            json!({ "type": "github", "display_name": "GitHub", "display_icon": "/icon/github.svg",
                "allow_refresh": false, "supports_revocation": true }),
        ),
        ("gitlab-device", gitlab_device()),
        (
            "artifacts",
            json!({ "type": "jfrog", "display_name": "jfrog", "allow_validate": false,
                "supports_revocation": true, "code_challenge_methods_supported": ["none"] }),
        ),
    ])
    .await;
    link(
        &server,
        "github",
        json!({ "created_at": "2026-01-05T08:09:10.123Z", "updated_at": "2026-02-06T11:12:13Z" }),
    )
    .await;
    link(
        &server,
        "gitlab-device",
        json!({ "created_at": "2026-03-07T14:15:16Z", "updated_at": "2026-03-07T14:15:17Z",
            "has_refresh_token": true, "expires": "2099-12-31T23:59:59.5Z" }),
    )
    .await;
    let answer = browser.get(LIST).await;
    server.assert_literal("list.json", 200, &answer, &[]);
}

#[tokio::test]
async fn an_empty_list() {
    let (server, mut browser) = deployment_of(&[]).await;
    let answer = browser.get(LIST).await;
    server.assert_literal("list-empty.json", 200, &answer, &[]);
}

#[tokio::test]
async fn a_list_with_an_orphan_and_broken_links() {
    let (server, mut browser) = deployment_of(&[
        (
            "azure-devops",
            json!({ "type": "azure-devops-entra", "display_name": "Azure DevOps",
                "display_icon": "/icon/azure-devops.svg" }),
        ),
        (
            "gitea",
            json!({ "type": "gitea", "display_name": "Gitea", "display_icon": "/icon/gitea.svg",
                "supports_revocation": true }),
        ),
        (
            "slack",
            json!({ "type": "slack", "display_name": "Slack", "display_icon": "/icon/slack.svg",
                "allow_refresh": false }),
        ),
    ])
    .await;
    link(
        &server,
        "azure-devops",
        json!({ "created_at": "2026-01-05T08:09:10Z", "updated_at": "2026-02-06T11:12:13Z",
            "expires": "2026-02-06T12:12:13Z",
            "refresh_failure": "oauth2: \"invalid_grant\" \"The refresh token has expired.\"" }),
    )
    .await;
    link(
        &server,
        "gitea",
        json!({ "created_at": "2026-03-07T14:15:16Z", "updated_at": "2026-03-07T14:15:17Z",
            "token": "revoked" }),
    )
    .await;
    link(
        &server,
        "old-gitlab",
        json!({ "created_at": "2024-04-08T17:18:19Z", "updated_at": "2024-04-08T17:18:19Z",
            "has_refresh_token": true, "expires": "2024-04-08T19:18:19Z" }),
    )
    .await;
    link(
        &server,
        "slack",
        json!({ "created_at": "2026-05-09T20:21:22Z", "updated_at": "2026-05-09T20:21:22Z",
            "expires": "2026-05-09T21:21:22Z" }),
    )
    .await;
    server.advance(2 * 3_600_000).await;
    let answer = browser.get(LIST).await;
    server.assert_literal("list-with-broken-links.json", 200, &answer, &[]);
}

/// GitHub, whose app has one installation.
fn github() -> Value {
    json!({
        "type": "github", "display_name": "GitHub",
        "supports_revocation": true, "revocation_style": "github",
        "app_installable": true,
        "app_install_url": "https://provider.test/apps/coder/installations/new",
        "accounts": [account(1815, "ada", "Ada Lovelace")],
        "installations": [{
            "id": 71,
            "configure_url": "https://provider.test/settings/installations/71",
            "account": account(1843, "analytical-engine", "Analytical Engine Society"),
        }],
    })
}

fn account(id: u64, login: &str, name: &str) -> Value {
    json!({
        "id": id, "login": login, "name": name,
        "avatar_url": format!("https://avatars.provider.test/u/{id}"),
        "profile_url": format!("https://provider.test/{login}"),
    })
}

fn gitlab_device() -> Value {
    json!({
        "type": "gitlab", "device": true, "display_name": "GitLab",
        "display_icon": "/icon/gitlab.svg",
        "code_challenge_methods_supported": ["S256", "plain"], "interval": 7,
    })
}

#[tokio::test]
async fn one_provider_live() {
    let (server, mut browser) =
        deployment_of(&[("github", github()), ("gitlab-device", gitlab_device())]).await;
    let answer = browser.by_id("github").await;
    server.assert_literal("by-id-not-linked.json", 200, &answer, &[]);
    link(&server, "github", json!({})).await;
    let answer = browser.by_id("github").await;
    server.assert_literal("by-id-github.json", 200, &answer, &[]);
    link(&server, "gitlab-device", json!({})).await;
    let answer = browser.by_id("gitlab-device").await;
    server.assert_literal("by-id-other.json", 200, &answer, &[]);

    server
        .fault(json!({ "origin": "provider", "path": "/github/user", "status": 503, "body": "Down until noon." }))
        .await;
    let answer = browser.by_id("github").await;
    server.assert_literal("error.json", 500, &answer, &[]);
}

#[tokio::test]
async fn the_outcomes_of_an_unlink() {
    let (server, mut browser) = deployment_of(&[
        ("github", github()),
        (
            "gitlab",
            json!({ "type": "gitlab", "supports_revocation": true }),
        ),
    ])
    .await;
    let failing =
        json!({ "revoke": "error", "revoke_status": 503, "revoke_body": "Down until noon." });
    let not_configured = json!({ "supports_revocation": false });
    for id in ["github", "gitlab"] {
        for (patch, name) in [
            (json!({ "revoke": "ok" }), "unlink-revoked.json"),
            (failing.clone(), "unlink-revocation-failed.json"),
            // Coder does not send this; the stand-in has it as a behaviour.
            (json!({ "revoke": "silent" }), "unlink-not-revoked.json"),
            (not_configured.clone(), "unlink-not-revoked.json"),
        ] {
            server.control(&format!("providers/{id}"), patch).await;
            link(&server, id, json!({})).await;
            let answer = browser.unlink(id).await;
            server.assert_literal(name, 200, &answer, &[]);
        }
    }
}

#[tokio::test]
async fn a_device_flow() {
    let (server, mut browser) = deployment_of(&[("gitlab-device", gitlab_device())]).await;
    let route = format!("{LIST}/gitlab-device/device");
    let begun = browser.get(&route).await;
    let random = ["/device_code", "/user_code"];
    server.assert_literal("device-begin.json", 200, &begun, &random);
    let code = begun.json()["device_code"].as_str().unwrap().to_owned();
    let body = json!({ "device_code": code }).to_string();

    let poll = browser.send("POST", &route, &[], &body).await;
    server.assert_literal("device-exchange-slow-down.json", 400, &poll, &[]);
    server.advance(12_000).await;
    let poll = browser.send("POST", &route, &[], &body).await;
    server.assert_literal(
        "device-exchange-authorization-pending.json",
        400,
        &poll,
        &[],
    );

    patch_device(&server, json!({ "device_errors": "wrapped" })).await;
    server.advance(12_000).await;
    let mut poll = browser.send("POST", &route, &[], &body).await;
    poll.body = poll.body.replace(&code, "0123456789abcdef0123456789abcdef");
    server.assert_literal("device-exchange-wrapped.json", 400, &poll, &[]);

    patch_device(&server, json!({ "device_errors": "plain" })).await;
    server.advance(900_000).await;
    let poll = browser.send("POST", &route, &[], &body).await;
    server.assert_literal("device-exchange-expired-token.json", 400, &poll, &[]);

    let second = browser.get(&route).await.json();
    let body = json!({ "device_code": second["device_code"] }).to_string();
    server
        .control("device/gitlab-device", json!({ "approve": false }))
        .await;
    server.advance(7_000).await;
    let poll = browser.send("POST", &route, &[], &body).await;
    server.assert_literal("device-exchange-access-denied.json", 400, &poll, &[]);

    patch_device(&server, json!({ "device_code": "bare_error" })).await;
    let begun = browser.get(&route).await;
    server.assert_literal("device-begin-without-code.json", 200, &begun, &[]);
    patch_device(&server, json!({ "device": false })).await;
    let begun = browser.get(&route).await;
    server.assert_literal("device-not-supported.json", 400, &begun, &[]);
}

async fn patch_device(server: &Server, patch: Value) {
    server.control("providers/gitlab-device", patch).await;
}

#[tokio::test]
async fn the_user_and_the_build_info() {
    let (server, mut browser) = deployment_of(&[]).await;
    let answer = browser.get("/api/v2/users/me").await;
    server.assert_literal("users-me.json", 200, &answer, &[]);
    let answer = browser.get("/api/v2/buildinfo").await;
    server.assert_literal("buildinfo.json", 200, &answer, &[]);
}

#[tokio::test]
async fn errors() {
    let (server, mut browser) = deployment_of(&[("github", github())]).await;
    let answer = browser.by_id("nowhere").await;
    server.assert_literal("not-found.json", 404, &answer, &[]);
    let answer = browser.unlink("github").await;
    server.assert_literal("not-found.json", 404, &answer, &[]);

    let token = browser.csrf.take();
    let answer = browser.unlink("github").await;
    assert_eq!(
        (
            answer.status,
            answer.header("content-type"),
            answer.body.as_str()
        ),
        (
            400,
            "text/plain; charset=utf-8",
            literal("csrf.txt").trim_end()
        )
    );
    browser.csrf = token;

    for _ in 0..512 {
        assert_eq!(browser.get("/api/v2/users/me").await.status, 200);
    }
    let answer = browser.get("/api/v2/users/me").await;
    server.assert_literal("rate-limited.json", 429, &answer, &[]);
    assert_ne!(answer.header("retry-after"), "");

    server.control("sessions/end", json!({})).await;
    let answer = browser.get(LIST).await;
    server.assert_literal("unauthorized.json", 401, &answer, &[]);
}
