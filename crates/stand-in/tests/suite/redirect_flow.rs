use serde_json::json;

use crate::support::{Browser, Server};

#[tokio::test]
async fn an_account_is_linked_through_the_consent_page() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    let consent = browser
        .open_consent_page("/external-auth/codeberg/callback")
        .await;
    assert!(
        consent
            .address
            .starts_with(&format!("{}/codeberg/authorize?", server.provider))
    );
    assert!(consent.page.body.contains("<h1>Sign in to Codeberg</h1>"));
    for part in [">Authorize</button>", ">Cancel</button>", "@ada", "@grace"] {
        assert!(consent.page.body.contains(part), "{part}");
    }
    let back = browser.answer_consent(&consent, "ada", "authorize").await;
    assert!(
        back.starts_with(&format!(
            "{}/external-auth/codeberg/callback?code=",
            server.origin
        )),
        "{back}"
    );
    let landed = browser.get(&back).await;
    assert_eq!(
        (landed.status, landed.location().as_str()),
        (307, "/external-auth/codeberg?redirected=true")
    );
    assert_eq!(browser.link("codeberg").await["authenticated"], true);
    assert_eq!(browser.get(&landed.location()).await.status, 200);
}

#[tokio::test]
async fn the_browser_is_redirected_to_the_requested_page() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    for (redirect, lands) in [
        (
            "%2Faccounts%2F%3Flinked%3Dcodeberg",
            "/accounts/?linked=codeberg",
        ),
        ("https%3A%2F%2Fevil.example%2Faccounts%2F", "/accounts/"),
        ("%2F%2Fevil.example", "/"),
    ] {
        let callback = format!("/external-auth/codeberg/callback?redirect={redirect}");
        let consent = browser.open_consent_page(&callback).await;
        let back = browser.answer_consent(&consent, "ada", "authorize").await;
        assert_eq!(browser.get(&back).await.location(), lands, "{redirect}");
    }
    // A flow without a requested page does not use that of an earlier flow.
    let landed = browser.link_account("gitlab", "ada").await;
    assert_eq!(landed.location(), "/external-auth/gitlab?redirected=true");
}

#[tokio::test]
async fn the_first_of_two_concurrent_flows_fails() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    let first = browser
        .open_consent_page("/external-auth/codeberg/callback")
        .await;
    let second = browser
        .open_consent_page("/external-auth/bitbucket-server/callback")
        .await;

    let back = browser.answer_consent(&first, "ada", "authorize").await;
    let answer = browser.get(&back).await;
    assert_eq!(answer.status, 401);
    assert_eq!(
        answer.json()["message"],
        "The state of this sign-in does not match."
    );
    assert!(browser.link("codeberg").await.is_null());

    let back = browser.answer_consent(&second, "ada", "authorize").await;
    assert_eq!(browser.get(&back).await.status, 307);
    assert_eq!(
        browser.link("bitbucket-server").await["authenticated"],
        true
    );
}

#[tokio::test]
async fn cancelling_shows_raw_json() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    let consent = browser
        .open_consent_page("/external-auth/codeberg/callback")
        .await;
    let back = browser.answer_consent(&consent, "ada", "cancel").await;
    assert!(back.contains("error=access_denied"), "{back}");
    let answer = browser.get(&back).await;
    assert_eq!(answer.status, 400);
    let shown = answer.json();
    assert_eq!(
        shown["message"],
        "The provider did not authorise the sign-in."
    );
    assert!(
        shown["detail"]
            .as_str()
            .unwrap()
            .starts_with("access_denied: ")
    );
}

#[tokio::test]
async fn a_provider_can_refuse_without_asking() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    server
        .control("providers/codeberg", json!({ "consent": "deny" }))
        .await;
    let begun = browser.get("/external-auth/codeberg/callback").await;
    let back = browser.get(&begun.location()).await;
    assert_eq!(back.status, 303);
    assert!(back.location().contains("error=access_denied"));
    let answer = browser.get(&back.location()).await;
    assert_eq!(answer.status, 400);
    assert!(answer.json()["message"].is_string() && answer.json()["detail"].is_string());
    assert!(browser.link("codeberg").await.is_null());
}

#[tokio::test]
async fn a_code_can_be_exchanged_once() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    let consent = browser
        .open_consent_page("/external-auth/bitbucket-server/callback")
        .await;
    let state = browser.cookies["oauth_state"].clone();
    let back = browser.answer_consent(&consent, "ada", "authorize").await;
    assert_eq!(browser.get(&back).await.status, 307);

    browser.cookies.insert("oauth_state".to_owned(), state);
    let answer = browser.get(&back).await;
    assert_eq!(answer.status, 500);
    assert!(
        answer.json()["detail"]
            .as_str()
            .unwrap()
            .contains("invalid_grant")
    );
    assert_eq!(
        server.token_statuses("bitbucket-server").await,
        ["revoked"],
        "RFC 6749 §4.1.2"
    );
}

#[tokio::test]
async fn a_code_expires_after_a_minute() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    let consent = browser
        .open_consent_page("/external-auth/codeberg/callback")
        .await;
    let back = browser.answer_consent(&consent, "ada", "authorize").await;
    server.advance(60_000).await;
    let answer = browser.get(&back).await;
    assert_eq!(answer.status, 500);
    assert!(
        answer.json()["detail"]
            .as_str()
            .unwrap()
            .contains("expired")
    );
}

#[tokio::test]
async fn the_verifier_must_match_the_challenge() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    let consent = browser
        .open_consent_page("/external-auth/codeberg/callback")
        .await;
    assert!(consent.address.contains("code_challenge_method=S256"));
    browser.cookies.insert(
        "oauth_pkce_verifier".to_owned(),
        "of another flow".to_owned(),
    );
    let back = browser.answer_consent(&consent, "ada", "authorize").await;
    let answer = browser.get(&back).await;
    assert_eq!(answer.status, 500);
    assert!(
        answer.json()["detail"]
            .as_str()
            .unwrap()
            .contains("code_verifier")
    );
    assert!(browser.link("codeberg").await.is_null());
}

#[tokio::test]
async fn a_provider_that_requires_pkce_refuses_a_request_without_it() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    let consent = browser
        .open_consent_page("/external-auth/bitbucket-server/callback")
        .await;
    assert!(!consent.address.contains("code_challenge"));
    server
        .control(
            "providers/bitbucket-server",
            json!({ "requires_pkce": true }),
        )
        .await;
    let begun = browser
        .get("/external-auth/bitbucket-server/callback")
        .await;
    let refused = browser.get(&begun.location()).await;
    assert_eq!(refused.status, 303);
    assert!(refused.location().contains("error=invalid_request"));
}

#[tokio::test]
async fn a_flow_without_its_state_or_verifier_fails() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    let consent = browser
        .open_consent_page("/external-auth/codeberg/callback")
        .await;
    let back = browser.answer_consent(&consent, "ada", "authorize").await;
    let (without_state, _) = back.split_once("&state=").unwrap();
    let begun = browser.clone();
    for (address, lost, status, part) in [
        (without_state, "", 400, "state of this sign-in is missing"),
        (back.as_str(), "oauth_state", 401, "cookie with the state"),
        (back.as_str(), "oauth_pkce_verifier", 400, "PKCE verifier"),
    ] {
        browser = begun.clone();
        browser.cookies.remove(lost);
        let answer = browser.get(address).await;
        assert_eq!(answer.status, status, "{lost}: {}", answer.body);
        let message = answer.json()["message"].as_str().unwrap().to_owned();
        assert!(message.contains(part), "{message}");
    }
    assert!(browser.link("codeberg").await.is_null());
    browser = begun;
    assert_eq!(browser.get(&back).await.status, 307, "with all of it");
}

#[tokio::test]
async fn a_provider_without_pkce_needs_no_verifier() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    browser.link_account("bitbucket-server", "ada").await;
    assert!(!browser.cookies.contains_key("oauth_pkce_verifier"));
    assert_eq!(
        browser.link("bitbucket-server").await["authenticated"],
        true
    );
}

#[tokio::test]
async fn a_flow_that_begins_on_another_host_fails_at_the_access_url() {
    let server = Server::start().await;
    let other_host = server.origin.replace("127.0.0.1", "localhost");
    let mut elsewhere = Browser::at(&other_host);
    assert_eq!(elsewhere.get("/accounts/").await.status, 200);
    assert!(elsewhere.cookies.contains_key("coder_session_token"));
    let build = elsewhere.get("/api/v2/buildinfo").await.json();
    assert_eq!(build["dashboard_url"], server.origin);
    assert_ne!(build["external_url"], server.origin, "it names the release");

    let consent = elsewhere
        .open_consent_page("/external-auth/codeberg/callback")
        .await;
    let back = elsewhere.answer_consent(&consent, "ada", "authorize").await;
    assert!(back.starts_with(&server.origin), "{back}");
    // Cookies belong to a host. The first visit to this host signs in, and the
    // cookie with the state is on the other host.
    let mut browser = server.browser();
    let answer = browser.get(&back).await;
    assert_eq!(answer.status, 401);
    assert!(
        answer.json()["message"]
            .as_str()
            .unwrap()
            .starts_with("The cookie with the state")
    );
    assert!(browser.link("codeberg").await.is_null());
}

#[tokio::test]
async fn localhost_answers_by_ipv4_and_ipv6() {
    let server = Server::start().await;
    let origin = server.origin.replace("127.0.0.1", "[::1]");
    if !std::path::Path::new("/proc/net/if_inet6").exists() {
        return;
    }
    let answer = Browser::at(&origin).get("/api/v2/buildinfo").await;
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn the_older_callback_address_begins_and_ends_a_flow() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    let consent = browser
        .open_consent_page("/gitauth/codeberg/callback")
        .await;
    let back = browser.answer_consent(&consent, "ada", "authorize").await;
    let back = back.replace("/external-auth/", "/gitauth/");
    let landed = browser.get(&back).await;
    assert_eq!(
        (landed.status, landed.location().as_str()),
        (307, "/external-auth/codeberg?redirected=true")
    );
    assert_eq!(browser.link("codeberg").await["authenticated"], true);
    assert!(
        server.log().await["requests"]
            .as_array()
            .unwrap()
            .iter()
            .any(|request| request["path"] == "/gitauth/codeberg/callback")
    );
}

#[tokio::test]
async fn linking_again_replaces_the_tokens() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    let before = browser.link("github").await;
    server.advance(1000).await;
    browser.link_account("github", "grace").await;
    let after = browser.link("github").await;
    assert_eq!(after["created_at"], before["created_at"]);
    assert_ne!(after["updated_at"], before["updated_at"]);
    assert_eq!(
        browser.by_id("github").await.json()["user"]["login"],
        "grace"
    );

    // Only a new link repairs a revoked one.
    for id in ["gitea", "azure-devops"] {
        browser.link_account(id, "ada").await;
        assert_eq!(browser.link(id).await["authenticated"], true, "{id}");
    }
}

#[tokio::test]
async fn a_provider_with_the_device_flow_has_no_callback() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    for id in ["internal-git", "nowhere", "old-gitlab"] {
        assert_eq!(
            browser
                .get(&format!("/external-auth/{id}/callback"))
                .await
                .status,
            404,
            "{id}"
        );
    }
}

#[tokio::test]
async fn the_callback_redirects_to_the_sign_in() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    server.control("sessions/end", json!({})).await;
    let answer = browser.get("/external-auth/gitlab/callback").await;
    assert_eq!(
        (answer.status, answer.location().as_str()),
        (303, "/login?redirect=%2Fexternal-auth%2Fgitlab%2Fcallback")
    );
}
