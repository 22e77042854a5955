//! The device flow (RFC 8628), as the page and a person see it.

mod errors;
mod polling;
mod verification_page;

use serde_json::{Value, json};

use crate::support::{Answer, Browser, Server};

const GITHUB: &str = "github-device";

fn route(id: &str) -> String {
    format!("/api/v2/external-auth/{id}/device")
}

async fn started() -> (Server, Browser) {
    let server = Server::with_scenario("device").await;
    let browser = server.visitor().await;
    (server, browser)
}

/// A device code that was issued.
struct Flow {
    id: &'static str,
    device_code: String,
    user_code: String,
    page: String,
}

impl Flow {
    async fn begin(browser: &mut Browser, id: &'static str) -> Self {
        let answer = browser.get(&route(id)).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        let code = answer.json();
        let text = |name: &str| code[name].as_str().unwrap().to_owned();
        Self {
            id,
            device_code: text("device_code"),
            user_code: text("user_code"),
            page: text("verification_uri"),
        }
    }

    async fn poll(&self, browser: &mut Browser) -> Answer {
        let body = json!({ "device_code": self.device_code }).to_string();
        browser.send("POST", &route(self.id), &[], &body).await
    }

    /// Polls, and returns the `detail` of the error.
    async fn refused(&self, browser: &mut Browser) -> String {
        let answer = self.poll(browser).await;
        assert_eq!(answer.status, 400, "{}", answer.body);
        assert!(answer.json()["message"].is_string());
        answer.json()["detail"].as_str().unwrap().to_owned()
    }

    async fn linked(&self, browser: &mut Browser) {
        let answer = self.poll(browser).await;
        assert_eq!((answer.status, answer.body.as_str()), (204, ""));
    }

    /// Its entry in the state.
    async fn state(&self, server: &Server) -> Value {
        let state = server.state().await;
        let flows = state["device_flows"].as_array().unwrap();
        flows
            .iter()
            .find(|flow| flow["provider"] == self.id && flow["user_code"] == *self.user_code)
            .unwrap()
            .clone()
    }
}

async fn approve(server: &Server, id: &str) {
    server
        .control(&format!("device/{id}"), json!({ "approve": true }))
        .await;
}

#[tokio::test]
async fn an_account_is_linked_with_a_device_code() {
    let (server, mut browser) = started().await;
    let code = browser.get(&route(GITHUB)).await.json();
    assert_eq!(
        (&code["interval"], &code["expires_in"]),
        (&json!(5), &json!(900))
    );
    assert_eq!(
        code["verification_uri"],
        format!("{}/{GITHUB}/device", server.provider)
    );

    let flow = Flow::begin(&mut browser, GITHUB).await;
    server.advance(5000).await;
    assert_eq!(flow.refused(&mut browser).await, "authorization_pending");
    assert!(browser.link(GITHUB).await.is_null());
    approve(&server, GITHUB).await;
    server.advance(5000).await;
    flow.linked(&mut browser).await;
    assert_eq!(browser.link(GITHUB).await["authenticated"], true);
    let found = browser.by_id(GITHUB).await.json();
    assert_eq!(
        (&found["device"], &found["user"]["login"]),
        (&json!(true), &json!("ada"))
    );
    assert_eq!(found["installations"][0]["account"]["login"], "ada");
}

#[tokio::test]
async fn linking_again_replaces_the_tokens() {
    let (server, mut browser) = started().await;
    let before = browser.link("gitlab-device").await;
    assert_eq!(before["validate_error"], "token failed to validate");
    let flow = Flow::begin(&mut browser, "gitlab-device").await;
    approve(&server, "gitlab-device").await;
    server.advance(5000).await;
    flow.linked(&mut browser).await;
    let after = browser.link("gitlab-device").await;
    assert_eq!(
        (&after["authenticated"], &after["has_refresh_token"]),
        (&json!(true), &json!(true))
    );
    assert_eq!(after["created_at"], before["created_at"]);
    assert_ne!(after["updated_at"], before["updated_at"]);
    assert_eq!(
        server.token_statuses("gitlab-device").await,
        ["revoked", "active"]
    );
}

#[tokio::test]
async fn a_provider_without_the_device_flow_issues_no_codes() {
    let (_server, mut browser) = started().await;
    for method in ["GET", "POST"] {
        let answer = browser
            .send(method, &route("github"), &[], r#"{"device_code":"x"}"#)
            .await;
        assert_eq!(
            (answer.status, answer.json()["message"].as_str()),
            (400, Some("device flow not supported"))
        );
        let unknown = browser.send(method, &route("nowhere"), &[], "").await;
        assert_eq!(unknown.status, 404);
    }
}

#[tokio::test]
async fn a_poll_needs_a_session_and_the_csrf_token() {
    let (server, mut browser) = started().await;
    let flow = Flow::begin(&mut browser, GITHUB).await;
    approve(&server, GITHUB).await;
    server.advance(5000).await;
    let csrf = browser.csrf.take();
    let answer = flow.poll(&mut browser).await;
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (400, "text/plain; charset=utf-8")
    );
    let mut nobody = server.browser();
    assert_eq!(flow.poll(&mut nobody).await.status, 401);
    assert_eq!(nobody.get(&route(GITHUB)).await.status, 401);
    assert_eq!(flow.state(&server).await["polls"], 0);
    browser.csrf = csrf;
    flow.linked(&mut browser).await;
}

#[tokio::test]
async fn state_and_log_contain_no_device_code() {
    let (server, mut browser) = started().await;
    for id in [GITHUB, "gitlab-device"] {
        let flow = Flow::begin(&mut browser, id).await;
        flow.poll(&mut browser).await;
        for shown in [server.state().await, server.log().await] {
            assert!(!shown.to_string().contains(&flow.device_code));
        }
    }
    assert!(!server.state().await.to_string().contains("device-client"));
}

#[tokio::test]
async fn the_client_does_not_authenticate_and_may_use_form_or_query() {
    let (server, mut browser) = started().await;
    let token = format!("{}/{GITHUB}/token", server.provider);
    let codes = format!("{}/{GITHUB}/device/code", server.provider);
    let grant = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code";
    assert_eq!(
        browser.post_form(&codes, "client_id=other").await.status,
        401
    );
    let code = browser
        .post_form(&codes, "client_id=github-device-client")
        .await
        .json();
    let code = code["device_code"].as_str().unwrap();
    approve(&server, GITHUB).await;
    server.advance(5000).await;
    let other = format!("{grant}&client_id=other&device_code={code}");
    assert_eq!(browser.post_form(&token, &other).await.status, 401);
    let own = format!("{grant}&client_id=github-device-client&device_code={code}");
    let answer = browser.post_form(&format!("{token}?{own}"), "").await;
    assert!(answer.json()["access_token"].is_string(), "{}", answer.body);
    assert_eq!(
        server.service(GITHUB).await["calls"],
        json!({ "device_code": 2, "token": 2 })
    );
}
