//! The polls of the device flow.

use serde_json::{Value, json};

use super::{Flow, GITHUB, approve, route, started};

#[tokio::test]
async fn an_early_poll_makes_the_interval_longer_permanently() {
    let (server, mut browser) = started().await;
    server
        .control(&format!("providers/{GITHUB}"), json!({ "interval": 60 }))
        .await;
    let flow = Flow::begin(&mut browser, GITHUB).await;
    for (waits, answer, interval) in [
        // Before the first interval has passed.
        (30_000, "slow_down", 65_000),
        // After the old interval, which is no longer valid. The new one starts at
        // the last answer.
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

    // The person's decision does not matter for an early poll.
    approve(&server, GITHUB).await;
    assert_eq!(flow.refused(&mut browser).await, "slow_down");
    server.advance(80_000).await;
    flow.linked(&mut browser).await;
}

#[tokio::test]
async fn a_provider_can_be_set_to_slow_polls_down() {
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
async fn a_code_expires_by_the_clock() {
    let (server, mut browser) = started().await;
    server
        .control(&format!("providers/{GITHUB}"), json!({ "expires_in": 120 }))
        .await;
    let flow = Flow::begin(&mut browser, GITHUB).await;
    approve(&server, GITHUB).await;
    server.advance(120_000).await;
    // Approved, but polled too late.
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
async fn a_code_links_once() {
    let (server, mut browser) = started().await;
    let flow = Flow::begin(&mut browser, GITHUB).await;
    approve(&server, GITHUB).await;
    server.advance(5000).await;
    flow.linked(&mut browser).await;
    assert_eq!(flow.state(&server).await["status"], "used");
    server.advance(5000).await;
    assert_eq!(flow.refused(&mut browser).await, "invalid_grant");
    // A client that lost the answer polls again. The link must stay.
    assert_eq!(browser.link(GITHUB).await["authenticated"], true);

    let foreign = Flow {
        id: "internal-git",
        ..flow
    };
    assert_eq!(foreign.refused(&mut browser).await, "invalid_grant");
}

#[tokio::test]
async fn a_refusal_is_permanent() {
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
async fn the_default_interval_is_five_seconds() {
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
async fn a_link_stays_when_the_answer_to_the_poll_is_lost() {
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
async fn a_poll_can_be_held_before_and_after_it_links() {
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
