//! The errors of the device flow, as the deployment passes them on.

use serde_json::{Value, json};

use super::{Flow, GITHUB, route, started};

#[tokio::test]
async fn the_error_of_a_provider_that_issues_no_code_is_quoted() {
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
async fn an_error_without_a_description_becomes_an_empty_code() {
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
async fn an_error_with_status_400_is_wrapped_in_a_text_with_the_request() {
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
async fn the_answer_of_a_provider_is_quoted_up_to_two_kilobytes() {
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
async fn the_answer_with_the_code_can_be_cut_off() {
    let (server, mut browser) = started().await;
    server
        .fault(json!({ "method": "GET", "path": route(GITHUB), "times": 1, "cut": true }))
        .await;
    let cut = browser.get(&route(GITHUB)).await;
    assert_eq!(cut.status, 200);
    assert!(serde_json::from_str::<Value>(&cut.body).is_err());
    Flow::begin(&mut browser, GITHUB).await;
}
