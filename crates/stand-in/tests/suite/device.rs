//! The device flow (RFC 8628), from the page's side and from the person's.

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

/// A code that was asked for.
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

    /// Polls, and gives the detail of the refusal.
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

    /// As the state tells it.
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
async fn an_account_is_linked_by_a_code() {
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
async fn a_provider_without_the_device_flow_has_no_codes() {
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
async fn a_provider_that_gives_no_code_is_quoted() {
    let (server, mut browser) = started().await;
    let path = format!("/{GITHUB}/device/code");
    for (fault, part) in [
        (
            json!({ "status": 429, "headers": { "Retry-After": "30" } }),
            "rate limit is reached. It may be asked again in 30 seconds",
        ),
        (json!({ "status": 503, "body": "<html>down" }), "<html>down"),
        (
            json!({ "status": 400, "body": { "error": "unauthorized_client", "error_description": "No device flow here." } }),
            "No device flow here.",
        ),
        (
            json!({ "status": 200, "body": { "device_code": 7 } }),
            "device_code",
        ),
        (json!({ "status": 200, "body": "no code" }), "no code"),
        (json!({ "cut": true }), "unexpected EOF"),
    ] {
        let mut fault = fault;
        fault["origin"] = "provider".into();
        fault["path"] = path.clone().into();
        fault["times"] = 1.into();
        server.fault(fault).await;
        let answer = browser.get(&route(GITHUB)).await;
        assert_eq!(answer.status, 500, "{}", answer.body);
        let detail = answer.json()["detail"].as_str().unwrap().to_owned();
        assert!(detail.contains(part), "{detail}");
    }
}

#[tokio::test]
async fn an_error_without_a_description_passes_for_a_code() {
    let (server, mut browser) = started().await;
    let mut begin = async |behaviour: &str| {
        let patch = json!({ "device_code": behaviour });
        server.control(&format!("providers/{GITHUB}"), patch).await;
        browser.get(&route(GITHUB)).await
    };
    let empty = begin("bare_error").await;
    assert_eq!(
        (empty.status, empty.json()),
        (
            200,
            json!({ "device_code": "", "user_code": "", "verification_uri": "", "expires_in": 0, "interval": 0 })
        )
    );
    for (behaviour, part) in [("error", "not enabled"), ("rate_limited", "rate limit")] {
        let failed = begin(behaviour).await;
        assert_eq!(failed.status, 500, "{behaviour}");
        let detail = failed.json()["detail"].as_str().unwrap().to_owned();
        assert!(detail.contains(part), "{detail}");
    }
    let code = begin("ok").await.json();
    assert_eq!(code["user_code"].as_str().unwrap().len(), 9);
    let flows = server.state().await["device_flows"].clone();
    assert_eq!(flows.as_array().unwrap().len(), 1, "no code for the others");
}

#[tokio::test]
async fn a_poll_that_changes_something_needs_what_every_such_request_needs() {
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
async fn a_body_without_a_device_code_is_refused() {
    let (server, mut browser) = started().await;
    for body in [
        "",
        "device_code=x",
        "{}",
        r#"{"device_code":""}"#,
        r#"{"device_code":1}"#,
    ] {
        let answer = browser.send("POST", &route(GITHUB), &[], body).await;
        assert_eq!(answer.status, 400, "{body}");
        assert!(
            answer.json()["detail"]
                .as_str()
                .unwrap()
                .contains("device_code")
        );
    }
    assert_eq!(server.service(GITHUB).await["calls"], json!({}));
}

#[tokio::test]
async fn an_early_poll_is_slowed_down_for_good() {
    let (server, mut browser) = started().await;
    server
        .control(&format!("providers/{GITHUB}"), json!({ "interval": 60 }))
        .await;
    let flow = Flow::begin(&mut browser, GITHUB).await;
    for (waits, answer, interval) in [
        // Before the first interval has passed.
        (30_000, "slow_down", 65_000),
        // Of the old interval, which counts no more; and from the last answer.
        (60_000, "slow_down", 70_000),
        (70_000, "authorization_pending", 70_000),
        (40_000, "slow_down", 75_000),
        (75_000, "authorization_pending", 75_000),
    ] {
        server.advance(waits).await;
        assert_eq!(flow.refused(&mut browser).await, answer, "{waits}");
        assert_eq!(flow.state(&server).await["interval_ms"], interval);
    }
    let state = flow.state(&server).await;
    assert_eq!(
        (&state["polls"], &state["slow_downs"], &state["status"]),
        (&json!(5), &json!(3), &json!("pending"))
    );
    let gap = state["shortest_gap_ms"].as_i64().unwrap();
    assert!((30_000..40_000).contains(&gap), "{gap}");

    // What the person did meanwhile does not make it less early.
    approve(&server, GITHUB).await;
    assert_eq!(flow.refused(&mut browser).await, "slow_down");
    server.advance(80_000).await;
    flow.linked(&mut browser).await;
}

#[tokio::test]
async fn a_provider_can_be_made_to_demand_longer_waits() {
    let (server, mut browser) = started().await;
    server
        .control(&format!("providers/{GITHUB}"), json!({ "slow_down": 2 }))
        .await;
    let flow = Flow::begin(&mut browser, GITHUB).await;
    for (waits, answer) in [
        (5000, "slow_down"),
        (10_000, "slow_down"),
        (15_000, "authorization_pending"),
    ] {
        server.advance(waits).await;
        assert_eq!(flow.refused(&mut browser).await, answer);
    }
    assert_eq!(flow.state(&server).await["slow_downs"], 2);
    assert_eq!(server.service(GITHUB).await["slow_down"], 0);
}

#[tokio::test]
async fn a_code_ends_by_the_clock() {
    let (server, mut browser) = started().await;
    server
        .control(&format!("providers/{GITHUB}"), json!({ "expires_in": 120 }))
        .await;
    let flow = Flow::begin(&mut browser, GITHUB).await;
    approve(&server, GITHUB).await;
    server.advance(120_000).await;
    // Approved, but fetched too late.
    assert_eq!(flow.refused(&mut browser).await, "expired_token");
    assert_eq!(flow.state(&server).await["status"], "expired");
    let answer = browser
        .send(
            "POST",
            &format!("/_stand-in/device/{GITHUB}"),
            &[],
            r#"{"approve":true}"#,
        )
        .await;
    assert_eq!(answer.status, 400);
    let late = format!("code={}", flow.user_code);
    let page = browser.post_form(&flow.page, &late).await;
    assert!(page.body.contains("role=\"alert\""), "{}", page.body);
}

#[tokio::test]
async fn a_code_is_good_for_one_link() {
    let (server, mut browser) = started().await;
    let flow = Flow::begin(&mut browser, GITHUB).await;
    approve(&server, GITHUB).await;
    server.advance(5000).await;
    flow.linked(&mut browser).await;
    assert_eq!(flow.state(&server).await["status"], "used");
    server.advance(5000).await;
    assert_eq!(flow.refused(&mut browser).await, "invalid_grant");
    // A client whose answer was lost asks again: that must not end the link.
    assert_eq!(browser.link(GITHUB).await["authenticated"], true);

    let foreign = Flow {
        id: "internal-git",
        ..flow
    };
    assert_eq!(foreign.refused(&mut browser).await, "invalid_grant");
}

#[tokio::test]
async fn a_refusal_stays_one() {
    let (server, mut browser) = started().await;
    let flow = Flow::begin(&mut browser, GITHUB).await;
    server
        .control(&format!("device/{GITHUB}"), json!({ "approve": false }))
        .await;
    for _ in 0..2 {
        server.advance(5000).await;
        assert_eq!(flow.refused(&mut browser).await, "access_denied");
    }
    assert_eq!(flow.state(&server).await["status"], "denied");
}

#[tokio::test]
async fn an_interval_that_is_not_said_is_five_seconds() {
    let (server, mut browser) = started().await;
    for interval in [json!(0), Value::Null] {
        server
            .control(
                &format!("providers/{GITHUB}"),
                json!({ "interval": interval }),
            )
            .await;
        let code = browser.get(&route(GITHUB)).await.json();
        assert_eq!(code["interval"], 0);
        let flow = Flow::begin(&mut browser, GITHUB).await;
        assert_eq!(flow.state(&server).await["interval_ms"], 5000);
        assert_eq!(flow.refused(&mut browser).await, "slow_down");
    }
}

#[tokio::test]
async fn errors_with_their_own_status_are_wrapped_in_the_whole_request() {
    let (server, mut browser) = started().await;
    let flow = Flow::begin(&mut browser, "gitlab-device").await;
    let wrapped = |detail: &str, error: &str| {
        assert!(
            detail.contains(&format!("{}/gitlab-device/token?", server.provider)),
            "{detail}"
        );
        for part in [
            "client_id=gitlab-device-client&",
            &format!("device_code={}&", flow.device_code),
            "unexpected status code 400: {",
            &format!("\"{error}\""),
        ] {
            assert!(detail.contains(part), "{part} in {detail}");
        }
    };
    wrapped(&flow.refused(&mut browser).await, "slow_down");
    server.advance(10_000).await;
    wrapped(&flow.refused(&mut browser).await, "authorization_pending");
    server
        .control("device/gitlab-device", json!({ "approve": false }))
        .await;
    server.advance(10_000).await;
    wrapped(&flow.refused(&mut browser).await, "access_denied");

    server
        .control(
            "providers/gitlab-device",
            json!({ "device_errors": "plain" }),
        )
        .await;
    server.advance(10_000).await;
    assert_eq!(flow.refused(&mut browser).await, "access_denied");
    server.advance(900_000).await;
    assert_eq!(flow.refused(&mut browser).await, "expired_token");
}

#[tokio::test]
async fn a_provider_that_is_down_is_quoted_to_two_kilobytes() {
    let (server, mut browser) = started().await;
    let flow = Flow::begin(&mut browser, GITHUB).await;
    server
        .fault(json!({
            "origin": "provider", "path": format!("/{GITHUB}/token"), "times": 1,
            "status": 502, "body": "é".repeat(3000),
        }))
        .await;
    let detail = flow.refused(&mut browser).await;
    assert!(
        detail.contains("unexpected status code 502: éé"),
        "{detail}"
    );
    assert!(detail.contains(&flow.device_code) && detail.len() < 2500);
    server
        .fault(json!({ "origin": "provider", "path": format!("/{GITHUB}/token"), "times": 1, "cut": true }))
        .await;
    let detail = flow.refused(&mut browser).await;
    assert!(detail.ends_with("unexpected EOF"), "{detail}");
}

#[tokio::test]
async fn a_person_types_the_code_and_chooses_an_account() {
    let (server, mut browser) = started().await;
    let flow = Flow::begin(&mut browser, GITHUB).await;
    let page = browser.get(&flow.page).await;
    for part in [
        "<label>Code <input name=\"code\"",
        "<button>Continue</button>",
        "GitHub Device",
    ] {
        assert!(page.body.contains(part), "{part}");
    }
    assert_eq!(page.header("cross-origin-opener-policy"), "");
    let wrong = browser.post_form(&flow.page, "code=BBBB-BBBB").await;
    assert!(
        wrong
            .body
            .contains("<p role=\"alert\">This code is not known here")
    );
    assert!(wrong.body.contains("<button>Continue</button>"));

    let typed = flow.user_code.replace('-', "").to_lowercase();
    let consent = browser
        .post_form(&flow.page, &format!("code={typed}"))
        .await;
    for part in [
        ">Authorize</button>",
        ">Cancel</button>",
        "<label>Account <select",
        "@grace",
        &flow.user_code,
    ] {
        assert!(consent.body.contains(part), "{part}");
    }
    assert_eq!(flow.state(&server).await["status"], "pending");
    let form = format!(
        "code={}&login=grace&decision=authorize",
        consent.between("name=\"code\" value=\"", "\"")
    );
    let elsewhere = browser
        .send("POST", &flow.page, &["Sec-Fetch-Site: cross-site"], &form)
        .await;
    assert_eq!(elsewhere.status, 403);
    let done = browser.post_form(&flow.page, &form).await;
    assert!(
        done.body.contains("You may close this window"),
        "{}",
        done.body
    );
    assert_eq!(flow.state(&server).await["status"], "approved");
    // The page takes it once.
    let again = browser.post_form(&flow.page, &form).await;
    assert!(again.body.contains("role=\"alert\""));

    server.advance(5000).await;
    flow.linked(&mut browser).await;
    assert_eq!(browser.by_id(GITHUB).await.json()["user"]["login"], "grace");
}

#[tokio::test]
async fn a_person_can_cancel() {
    let (server, mut browser) = started().await;
    let flow = Flow::begin(&mut browser, GITHUB).await;
    let form = format!("code={}&login=ada&decision=cancel", flow.user_code);
    browser.post_form(&flow.page, &form).await;
    server.advance(5000).await;
    assert_eq!(flow.refused(&mut browser).await, "access_denied");
}

#[tokio::test]
async fn the_provider_s_page_cuts_its_opener_off_when_told_to() {
    let (server, mut browser) = started().await;
    server
        .control(
            &format!("providers/{GITHUB}"),
            json!({ "opener_policy": "same-origin" }),
        )
        .await;
    let page = browser
        .get(&format!("{}/{GITHUB}/device", server.provider))
        .await;
    assert_eq!(page.header("cross-origin-opener-policy"), "same-origin");
    let unknown = browser
        .get(&format!("{}/nowhere/device", server.provider))
        .await;
    assert_eq!(unknown.status, 404);
}

#[tokio::test]
async fn a_test_decides_for_the_person() {
    let (server, mut browser) = started().await;
    let first = Flow::begin(&mut browser, GITHUB).await;
    let second = Flow::begin(&mut browser, GITHUB).await;
    let decided = server
        .control(
            &format!("device/{GITHUB}"),
            json!({ "approve": true, "user_code": first.user_code.to_lowercase(), "login": "linus" }),
        )
        .await;
    assert_eq!(decided["user_code"], first.user_code.as_str());
    // Without a code it is the newest one.
    let decided = server
        .control(&format!("device/{GITHUB}"), json!({ "approve": false }))
        .await;
    assert_eq!(decided["user_code"], second.user_code.as_str());
    server.advance(5000).await;
    first.linked(&mut browser).await;
    assert_eq!(browser.by_id(GITHUB).await.json()["user"]["login"], "linus");
    assert_eq!(second.refused(&mut browser).await, "access_denied");
}

#[tokio::test]
async fn a_link_stands_whose_answer_was_lost() {
    let (server, mut browser) = started().await;
    let flow = Flow::begin(&mut browser, GITHUB).await;
    approve(&server, GITHUB).await;
    server.advance(5000).await;
    server
        .fault(json!({ "method": "POST", "path": route(GITHUB), "times": 1, "cut": true }))
        .await;
    let lost = flow.poll(&mut browser).await;
    assert_eq!((lost.status, lost.body.as_str()), (204, ""));
    server.advance(5000).await;
    assert_eq!(flow.refused(&mut browser).await, "invalid_grant");
    assert_eq!(browser.by_id(GITHUB).await.json()["authenticated"], true);
}

#[tokio::test]
async fn an_answer_can_be_held_before_and_after_it_links() {
    let (server, _) = started().await;
    for (hold_at, linked_while_held) in [("before", false), ("after", true)] {
        server.control("reset", json!({})).await;
        let mut browser = server.visitor().await;
        let flow = Flow::begin(&mut browser, GITHUB).await;
        approve(&server, GITHUB).await;
        server.advance(5000).await;
        server
            .fault(json!({
                "method": "POST", "path": route(GITHUB), "times": 1,
                "hold": "poll", "hold_at": hold_at,
            }))
            .await;
        let mut elsewhere = browser.clone();
        let poll = tokio::spawn(async move { flow.poll(&mut elsewhere).await });
        server.until_waiting("poll", 1).await;
        assert_eq!(
            !browser.link(GITHUB).await.is_null(),
            linked_while_held,
            "{hold_at}"
        );
        server.control("release", json!({ "hold": "poll" })).await;
        assert_eq!(poll.await.unwrap().status, 204);
        assert_eq!(browser.link(GITHUB).await["authenticated"], true);
    }
}

#[tokio::test]
async fn the_answer_that_holds_the_code_can_be_cut() {
    let (server, mut browser) = started().await;
    server
        .fault(json!({ "method": "GET", "path": route(GITHUB), "times": 1, "cut": true }))
        .await;
    let cut = browser.get(&route(GITHUB)).await;
    assert_eq!(cut.status, 200);
    assert!(serde_json::from_str::<Value>(&cut.body).is_err());
    Flow::begin(&mut browser, GITHUB).await;
}

#[tokio::test]
async fn no_device_code_is_shown_anywhere() {
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
async fn the_provider_asks_for_no_secret_and_takes_form_and_query() {
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
