use serde_json::json;

use crate::support::Server;

const LIST: &str = "/api/v2/external-auth";

#[tokio::test]
async fn a_first_visit_signs_in() {
    let server = Server::start().await;
    let mut browser = server.browser();
    assert_eq!(browser.get("/accounts/").await.status, 200);
    let me = browser.get("/api/v2/users/me").await.json();
    assert_eq!(
        (me["username"].as_str(), me["name"].as_str()),
        (Some("ada"), Some("Ada Lovelace"))
    );
}

#[tokio::test]
async fn without_a_session_the_api_answers_401() {
    let server = Server::start().await;
    for path in [LIST, "/api/v2/external-auth/github", "/api/v2/users/me"] {
        let answer = server.browser().get(path).await;
        assert_eq!(answer.status, 401, "{path}");
        assert!(answer.json()["message"].is_string() && answer.json()["detail"].is_string());
    }
    assert_eq!(server.browser().get("/api/v2/buildinfo").await.status, 200);
}

#[tokio::test]
async fn every_route_about_a_user_needs_a_session_before_anything_else() {
    let server = Server::start().await;
    for (method, path) in [
        ("GET", "external-auth"),
        ("GET", "external-auth/github"),
        ("GET", "external-auth/nowhere"),
        ("DELETE", "external-auth/github"),
        ("DELETE", "external-auth/nowhere"),
        ("GET", "external-auth/internal-git/device"),
        ("GET", "external-auth/github/device"),
        ("POST", "external-auth/internal-git/device"),
        ("POST", "external-auth/nowhere/device"),
        ("GET", "users/me"),
        ("POST", "users/logout"),
    ] {
        let path = format!("/api/v2/{path}");
        let mut browser = server.browser();
        let answer = browser.send(method, &path, &[], "{}").await;
        assert_eq!(answer.status, 401, "{method} {path}");
        browser.sign_in("unknown");
        let answer = browser.send(method, &path, &[], "{}").await;
        let status = if method == "GET" { 401 } else { 400 };
        assert_eq!(answer.status, status, "{method} {path}: CSRF comes first");
    }
}

#[tokio::test]
async fn a_script_is_not_signed_in() {
    let server = Server::start().await;
    let answer = server
        .browser()
        .send("GET", "/", &["Sec-Fetch-Dest: empty"], "")
        .await;
    assert_eq!(answer.header("set-cookie"), "");
    assert_eq!(server.state().await["sessions"], 0);
}

#[tokio::test]
async fn an_ended_session_stays_ended_until_the_sign_in() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    server.control("sessions/end", json!({})).await;
    browser.get("/accounts/").await;
    browser.get("/").await;
    assert_eq!(browser.get(LIST).await.status, 401);

    let page = browser.get("/login?redirect=/accounts/?q=1").await;
    assert!(page.body.contains("Sign in as ada"));
    let signed_in = browser
        .post_form("/login", "redirect=/accounts/?q%3D1")
        .await;
    // A page goes on to the target, because the answer to a form must not redirect
    // to a provider.
    assert_eq!(signed_in.status, 200);
    assert!(signed_in.body.contains("content=\"0; url=/accounts/?q=1\""));
    assert_eq!(browser.get(LIST).await.status, 200);
}

#[tokio::test]
async fn sign_out_lasts_until_sign_in() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    assert_eq!(
        browser
            .send("POST", "/api/v2/users/logout", &[], "")
            .await
            .status,
        200
    );
    browser.get("/accounts/").await;
    assert_eq!(browser.get(LIST).await.status, 401);
    browser.post_form("/login", "").await;
    assert_eq!(browser.get(LIST).await.status, 200);
}

#[tokio::test]
async fn a_cookie_from_before_a_reset_is_ignored() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    server.control("reset", json!({})).await;
    assert_eq!(browser.get(LIST).await.status, 401);
    browser.get("/accounts/").await;
    assert_eq!(browser.get(LIST).await.status, 200);
}

#[tokio::test]
async fn an_unknown_cookie_is_not_replaced() {
    let server = Server::start().await;
    let mut browser = server.browser();
    browser.sign_in("made-up");
    assert_eq!(browser.get("/accounts/").await.header("set-cookie"), "");
    assert_eq!(browser.get(LIST).await.status, 401);
}

#[tokio::test]
async fn the_sign_in_never_redirects_to_another_origin() {
    let server = Server::start().await;
    for redirect in [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
    ] {
        let answer = server
            .browser()
            .post_form("/login", &format!("redirect={redirect}"))
            .await;
        assert!(answer.body.contains("content=\"0; url=/\""), "{redirect}");
    }
}

#[tokio::test]
async fn a_change_needs_the_csrf_token() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    let current = browser.csrf.take();
    for stale in [None, Some("wrong".to_owned())] {
        browser.csrf = stale;
        let answer = browser.unlink("github").await;
        assert_eq!(answer.status, 400);
        assert!(answer.header("content-type").starts_with("text/plain"));
        assert!(
            answer
                .body
                .starts_with("Something is wrong with your CSRF token"),
            "{}",
            answer.body
        );
    }
    browser.csrf = current;
    server.control("csrf/rotate", json!({})).await;
    assert_eq!(browser.unlink("github").await.status, 400);
    browser.read_csrf_token().await;
    assert_eq!(browser.unlink("github").await.status, 200);
}

#[tokio::test]
async fn csrf_is_checked_before_the_session() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    server.control("sessions/end", json!({})).await;
    let current = browser.csrf.take();
    for stale in [None, Some("wrong".to_owned())] {
        browser.csrf = stale;
        let answer = browser.unlink("github").await;
        assert_eq!(answer.status, 400);
        assert!(answer.header("content-type").starts_with("text/plain"));
    }
    // With the token the answer is about the session: with the token from
    // before the end of the session, and with the current one.
    browser.csrf = current;
    assert_eq!(browser.unlink("github").await.status, 401);
    server.control("csrf/rotate", json!({})).await;
    assert_eq!(browser.unlink("github").await.status, 400);
    browser.read_csrf_token().await;
    assert_eq!(browser.unlink("github").await.status, 401);
}

#[tokio::test]
async fn without_a_session_cookie_no_csrf_token_is_needed() {
    let server = Server::start().await;
    assert_eq!(server.browser().unlink("github").await.status, 401);
    let header = "Coder-Session-Token: made-up";
    let answer = server
        .browser()
        .send("DELETE", "/api/v2/external-auth/github", &[header], "")
        .await;
    assert_eq!(answer.status, 401);
    // Nor when the header repeats the cookie, which no other site can do.
    let token = server.open_session("ada").await;
    let mut browser = server.browser();
    browser.sign_in(&token);
    let header = format!("Coder-Session-Token: {token}");
    let answer = browser
        .send("DELETE", "/api/v2/external-auth/github", &[&header], "")
        .await;
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn only_the_deployment_s_pages_carry_the_csrf_token() {
    let server = Server::start().await;
    let mut browser = server.browser();
    assert!(!browser.get("/accounts/").await.body.contains("csrf-token"));
    assert!(
        browser
            .get("/")
            .await
            .body
            .contains("<meta property=\"csrf-token\" content=\"")
    );
}

#[tokio::test]
async fn the_session_header_needs_no_csrf_token() {
    let server = Server::start().await;
    let header = format!("Coder-Session-Token: {}", server.open_session("ada").await);
    let mut browser = server.browser();
    assert_eq!(browser.send("GET", LIST, &[&header], "").await.status, 200);
    let answer = browser
        .send("DELETE", "/api/v2/external-auth/github", &[&header], "")
        .await;
    assert_eq!(answer.json()["token_revoked"], true);
    assert_eq!(server.log().await["requests"][0]["session"], "header");
}

#[tokio::test]
async fn the_cookie_takes_precedence_over_the_header() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    let header = format!(
        "Coder-Session-Token: {}",
        server.open_session("grace").await
    );
    let me = browser
        .send("GET", "/api/v2/users/me", &[&header], "")
        .await;
    assert_eq!(me.json()["username"], "ada");
    let answer = browser
        .send("DELETE", "/api/v2/external-auth/github", &[&header], "")
        .await;
    assert_eq!(answer.status, 400);
    assert!(answer.header("content-type").starts_with("text/plain"));
    assert!(!browser.link("github").await.is_null());
}

#[tokio::test]
async fn each_user_has_their_own_links() {
    let server = Server::start().await;
    let mut browser = server.browser();
    browser.sign_in(&server.open_session("grace").await);
    assert_eq!(browser.list().await["links"], json!([]));
}

#[tokio::test]
async fn the_log_has_the_user_of_each_request() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    let grace = server.open_session("grace").await;
    let header = format!("Coder-Session-Token: {grace}");
    server
        .browser()
        .send("DELETE", "/_stand-in/requests", &[], "")
        .await;

    browser.list().await;
    // The cookie takes precedence.
    browser.send("GET", LIST, &[&header], "").await;
    browser.sign_in(&grace);
    browser.list().await;
    server.browser().send("GET", LIST, &[&header], "").await;
    server.browser().get(LIST).await;
    server.control("sessions/end", json!({})).await;
    browser.get(LIST).await;

    let log = server.log().await;
    let users: Vec<_> = log["requests"]
        .as_array()
        .unwrap()
        .iter()
        .map(|request| request["user"].as_str())
        .collect();
    assert_eq!(
        users,
        [
            Some("ada"),
            Some("ada"),
            Some("grace"),
            Some("grace"),
            None,
            None
        ]
    );
}

#[tokio::test]
async fn a_csrf_token_is_valid_only_in_its_session() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    let of_ada = browser.csrf.clone();
    browser.sign_in(&server.open_session("grace").await);
    assert_eq!(browser.unlink("github").await.status, 400);
    browser.read_csrf_token().await;
    assert_ne!(browser.csrf, of_ada);
    assert_eq!(browser.unlink("github").await.status, 404, "hers to ask");
}

#[tokio::test]
async fn a_user_may_send_512_requests_a_minute_to_a_path() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    for _ in 0..512 {
        assert_eq!(browser.by_id("gitlab").await.status, 200);
    }
    let refused = browser.by_id("gitlab").await;
    assert_eq!(refused.status, 429);
    assert!(refused.json()["message"].is_string());
    let seconds: u32 = refused.header("retry-after").parse().unwrap();
    assert!((1..=60).contains(&seconds));
    assert_eq!(
        browser.by_id("github").await.status,
        200,
        "another path counts for itself"
    );
    server.advance(60_000).await;
    assert_eq!(browser.by_id("gitlab").await.status, 200);
}

#[tokio::test]
async fn all_issued_secrets_can_be_listed_until_a_reset() {
    let server = Server::start().await;
    let opened = server.open_session("grace").await;
    drop(server.visitor().await);
    server.control("csrf/rotate", json!({})).await;
    server.control("sessions/end", json!({})).await;

    let mut visitor = server.visitor().await;
    let begun = visitor
        .get("/api/v2/external-auth/internal-git/device")
        .await
        .json();
    let secrets = visitor.get("/_stand-in/secrets").await.json();
    let tokens = secrets["session_tokens"].as_array().unwrap();
    assert!(tokens.contains(&json!(opened)), "{secrets}");
    assert_eq!(secrets["device_codes"], json!([begun["device_code"]]));
    assert!(!secrets["csrf_tokens"].as_array().unwrap().is_empty());

    server.control("reset", json!({})).await;
    let secrets = visitor.get("/_stand-in/secrets").await.json();
    let none = json!({ "session_tokens": [], "csrf_tokens": [], "device_codes": [] });
    assert_eq!(secrets, none);
}
