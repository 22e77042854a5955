use std::io::ErrorKind;

use serde_json::json;
use tokio::{io::AsyncReadExt, net::TcpStream};

use crate::support::{Browser, Server};

const GITHUB: &str = "/api/v2/external-auth/github";

#[tokio::test]
async fn an_answer_is_replaced_the_given_number_of_times() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    server
        .fault(json!({
            "method": "GET", "path": GITHUB, "status": 502, "times": 1,
            "body": "<html>Bad Gateway</html>", "content_type": "text/html",
        }))
        .await;
    server
        .fault(
            json!({ "path": GITHUB, "status": 429, "times": 1, "headers": { "Retry-After": "7" } }),
        )
        .await;
    let first = browser.get(GITHUB).await;
    assert_eq!(
        (first.status, first.header("content-type")),
        (502, "text/html")
    );
    assert_eq!(first.body, "<html>Bad Gateway</html>");
    let second = browser.get(GITHUB).await;
    assert_eq!(
        (
            second.status,
            second.header("retry-after"),
            second.body.as_str()
        ),
        (429, "7", "")
    );
    assert_eq!(browser.get(GITHUB).await.status, 200);
}

#[tokio::test]
async fn a_fault_applies_to_its_path_and_method_until_it_is_cleared() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    server
        .fault(json!({ "method": "delete", "path": "/api/v2/external-auth/*", "status": 500, "body": { "message": "no" } }))
        .await;
    for _ in 0..3 {
        assert_eq!(browser.unlink("gitlab").await.json()["message"], "no");
    }
    assert_eq!(browser.by_id("gitlab").await.status, 200);
    assert_eq!(
        browser
            .send("POST", "/api/v2/users/logout", &[], "")
            .await
            .status,
        200
    );
    server.browser().delete("/_stand-in/faults").await;
    assert_eq!(
        server.browser().get("/_stand-in/faults").await.json(),
        json!([])
    );
}

#[tokio::test]
async fn the_real_answer_can_be_held_before_and_after_its_effect() {
    let server = Server::start().await;
    let browser = server.visitor().await;
    for (hold_at, id, removed) in [("before", "github", false), ("after", "gitlab", true)] {
        let path = format!("/api/v2/external-auth/{id}");
        server
            .fault(json!({ "method": "DELETE", "path": path, "hold": id, "hold_at": hold_at }))
            .await;
        let mut unlinking = browser.clone();
        let answer = tokio::spawn(async move { unlinking.unlink(id).await });
        server.until_waiting(id, 1).await;
        let links = server.state().await["links"].clone();
        let is_there = links
            .as_array()
            .unwrap()
            .iter()
            .any(|link| link["provider_id"] == id);
        assert_eq!(is_there, !removed, "{hold_at}");
        assert_eq!(
            server.control("release", json!({ "hold": id })).await["released"],
            1
        );
        assert_eq!(answer.await.unwrap().status, 200);
    }
}

#[tokio::test]
async fn a_released_hold_stays_open_until_it_is_armed_again() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    server.fault(json!({ "path": GITHUB, "hold": "h" })).await;
    server.control("release", json!({ "hold": "h" })).await;
    assert_eq!(browser.get(GITHUB).await.status, 200);

    server.fault(json!({ "path": GITHUB, "hold": "h" })).await;
    let held = browser.send_only("GET", GITHUB, &[], "").await;
    server.until_waiting("h", 1).await;
    drop(held);
}

#[tokio::test]
async fn clearing_the_faults_releases_held_requests() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    server
        .fault(json!({ "path": GITHUB, "hold": "h", "status": 503 }))
        .await;
    let answer = tokio::spawn(async move { browser.get(GITHUB).await });
    server.until_waiting("h", 1).await;
    server.browser().delete("/_stand-in/faults").await;
    assert_eq!(answer.await.unwrap().status, 503);
}

#[tokio::test]
async fn an_answer_can_be_cut_off() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    server.fault(json!({ "path": GITHUB, "cut": true })).await;
    let answer = browser.get(GITHUB).await;
    let announced: usize = answer.header("content-length").parse().unwrap();
    assert_eq!(answer.status, 200);
    assert!(
        !answer.body.is_empty() && answer.body.len() < announced,
        "{answer:?}"
    );
}

#[tokio::test]
async fn a_fault_applies_to_requests_of_the_deployment_to_a_provider() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    let page = "<html>".repeat(500);
    server
        .fault(json!({ "origin": "provider", "path": "/gitlab/user", "status": 418, "body": page }))
        .await;
    server
        .fault(json!({ "origin": "provider", "path": "/bitbucket/user", "cut": true }))
        .await;
    let gitlab = browser.link("gitlab").await["validate_error"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(
        gitlab,
        format!("validate external auth token: status 418: body: {page}")
    );
    let bitbucket = browser.link("bitbucket").await["validate_error"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(bitbucket, "validate external auth token: unexpected EOF");
}

#[tokio::test]
async fn a_fault_can_set_headers_on_the_real_answer() {
    let server = Server::start().await;
    let policy = "script-src 'self'";
    server
        .fault(json!({ "path": "/accounts/*", "headers": { "Content-Security-Policy": policy } }))
        .await;
    let answer = server.browser().get("/accounts/").await;
    assert_eq!(
        (answer.status, answer.header("content-security-policy")),
        (200, policy)
    );
}

#[tokio::test]
async fn the_log_marks_aborted_requests() {
    let server = Server::start().await;
    let browser = server.visitor().await;
    server.browser().delete("/_stand-in/requests").await;
    server.fault(json!({ "path": GITHUB, "hold": "h" })).await;
    let held = browser
        .send_only("GET", &format!("{GITHUB}?a=1"), &[], "")
        .await;
    server.until_waiting("h", 1).await;
    let log = server.log().await;
    assert_eq!(log["in_flight"], 1);
    assert_eq!(log["requests"][0]["status"], json!(null));
    drop(held);
    server.until_waiting("h", 0).await;
    let log = server.log().await;
    assert_eq!(log["in_flight"], 0);
    let entry = &log["requests"][0];
    assert_eq!(
        (&entry["status"], &entry["query"]),
        (&json!("aborted"), &json!("a=1"))
    );
}

#[tokio::test]
async fn a_connection_can_be_reset_before_and_after_the_effect() {
    let server = Server::start().await;
    let browser = server.visitor().await;
    server.browser().delete("/_stand-in/requests").await;
    for (reset, id, removed) in [("before", "github", false), ("after", "gitlab", true)] {
        let path = format!("/api/v2/external-auth/{id}");
        server
            .fault(json!({ "method": "DELETE", "path": path, "reset": reset }))
            .await;
        let mut stream = browser.send_only("DELETE", &path, &[], "").await;
        let error = stream.read_u8().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ConnectionReset, "{reset}");
        let links = server.state().await["links"].clone();
        let is_there = (links.as_array().unwrap().iter()).any(|link| link["provider_id"] == id);
        assert_eq!(is_there, !removed, "{reset}");
    }
    let log = server.log().await;
    let statuses: Vec<_> = (log["requests"].as_array().unwrap().iter())
        .map(|request| &request["status"])
        .collect();
    assert_eq!(statuses, ["aborted", "aborted"]);
}

#[tokio::test]
async fn a_reset_needs_the_deployment_and_no_answer() {
    let server = Server::start().await;
    for fault in [
        json!({ "path": GITHUB, "reset": "before", "origin": "provider" }),
        json!({ "path": GITHUB, "reset": "before", "status": 500 }),
        json!({ "path": GITHUB, "reset": "after", "cut": true }),
    ] {
        let body = fault.to_string();
        let mut browser = server.browser();
        let answer = browser.send("POST", "/_stand-in/faults", &[], &body).await;
        assert_eq!(answer.status, 400, "{fault}");
    }
}

#[tokio::test]
async fn connections_can_be_refused_for_a_while_and_nothing_is_forgotten() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    server.fault(json!({ "path": GITHUB, "hold": "h" })).await;
    let mut held = browser.send_only("GET", GITHUB, &[], "").await;
    server.until_waiting("h", 1).await;
    let mut elsewhere = Browser::at(&server.provider);
    let mut accept = async |accept: bool| {
        let body = json!({ "accept": accept }).to_string();
        let route = "/_stand-in/connections";
        elsewhere.send("POST", route, &[], &body).await.status
    };

    assert_eq!(accept(false).await, 200);
    let error = held.read_u8().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConnectionReset);
    let host = browser.origin.strip_prefix("http://").unwrap().to_owned();
    let error = TcpStream::connect(&host).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConnectionRefused);

    assert_eq!(accept(true).await, 200);
    while TcpStream::connect(&host).await.is_err() {}
    server.browser().delete("/_stand-in/faults").await;
    assert_eq!(browser.get(GITHUB).await.status, 200);
}
