use serde_json::json;

use crate::support::Server;

#[tokio::test]
async fn an_unregistered_client_gets_no_redirect() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    let good = browser
        .get("/external-auth/gitlab/callback")
        .await
        .location();
    for (from, to) in [
        ("client_id=gitlab-client", "client_id=other"),
        ("%2Fgitlab%2Fcallback", "%2Fgithub%2Fcallback"),
    ] {
        let bad = good.replace(from, to);
        assert_ne!(bad, good);
        let answer = browser.get(&bad).await;
        assert_eq!(
            (answer.status, answer.location().as_str()),
            (400, ""),
            "{to}"
        );
    }
    for (from, to, error) in [
        (
            "response_type=code",
            "response_type=token",
            "unsupported_response_type",
        ),
        ("&state=", "&other=", "invalid_request"),
        (
            "code_challenge_method=S256",
            "code_challenge_method=plain",
            "invalid_request",
        ),
    ] {
        let answer = browser.get(&good.replace(from, to)).await;
        assert!(
            answer.location().contains(&format!("error={error}")),
            "{to}: {answer:?}"
        );
    }
}

#[tokio::test]
async fn a_consent_page_is_valid_once_and_for_15_minutes() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    let consent = browser
        .open_consent_page("/external-auth/gitlab/callback")
        .await;
    browser.answer_consent(&consent, "ada", "authorize").await;
    let form = format!("request={}&login=ada&decision=authorize", consent.request);
    assert_eq!(browser.post_form(&consent.address, &form).await.status, 400);

    let consent = browser
        .open_consent_page("/external-auth/gitlab/callback")
        .await;
    server.advance(15 * 60_000).await;
    let form = format!("request={}&login=ada&decision=authorize", consent.request);
    assert_eq!(browser.post_form(&consent.address, &form).await.status, 400);
}

#[tokio::test]
async fn a_form_of_another_site_is_refused() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    for path in [
        "/github/authorize",
        "/settings/applications",
        "/github/apps/install",
    ] {
        let address = format!("{}{path}", server.provider);
        let answer = browser
            .send(
                "POST",
                &address,
                &["Sec-Fetch-Site: cross-site"],
                "service=github&login=ada",
            )
            .await;
        assert_eq!(answer.status, 403, "{path}");
    }
    assert_eq!(server.token_statuses("github").await, ["active"]);
}

#[tokio::test]
async fn a_person_can_revoke_a_grant() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    let address = format!("{}/settings/applications", server.provider);
    assert!(
        browser
            .get(&address)
            .await
            .body
            .contains("Revoke GitLab for @ada")
    );
    assert_eq!(
        browser
            .post_form(&address, "service=gitlab&login=ada")
            .await
            .status,
        303
    );
    assert!(
        !browser
            .get(&address)
            .await
            .body
            .contains("Revoke GitLab for @ada")
    );
    let link = browser.link("gitlab").await;
    assert_eq!(link["validate_error"], "token failed to validate");
}

#[tokio::test]
async fn the_token_endpoint_authenticates_the_client() {
    let server = Server::start().await;
    for path in ["/gitlab/token", "/gitlab/revoke"] {
        let address = format!("{}{path}", server.provider);
        let form =
            "grant_type=refresh_token&refresh_token=x&client_id=gitlab-client&client_secret=wrong";
        let answer = server.browser().post_form(&address, form).await;
        assert_eq!(
            (answer.status, answer.json()["error"].as_str()),
            (401, Some("invalid_client"))
        );
    }
    let address = format!("{}/gitlab/token", server.provider);
    let form = "grant_type=password&client_id=gitlab-client&client_secret=gitlab-secret";
    let answer = server.browser().post_form(&address, form).await;
    assert_eq!(
        (answer.status, answer.json()["error"].as_str()),
        (400, Some("unsupported_grant_type"))
    );
}

#[tokio::test]
async fn revoking_an_unknown_token_succeeds() {
    let server = Server::start().await;
    let address = format!("{}/gitlab/revoke", server.provider);
    let form = "token=unknown&client_id=gitlab-client&client_secret=gitlab-secret";
    assert_eq!(
        server.browser().post_form(&address, form).await.status,
        200,
        "RFC 7009 §2.2"
    );
}

#[tokio::test]
async fn markup_in_names_is_escaped() {
    let server = Server::start().await;
    let name = "<img src=x onerror=alert(1)>\"'";
    server
        .control(
            "providers/codeberg",
            json!({ "display_name": name, "accounts": [{ "id": 1, "login": name, "name": name }], "signed_in": name }),
        )
        .await;
    server
        .control("links/codeberg", json!({ "login": name }))
        .await;
    let mut browser = server.visitor().await;
    let consent = browser
        .open_consent_page("/external-auth/codeberg/callback")
        .await;
    let mut pages = vec![consent.page];
    let device = format!("{}/codeberg/device", server.provider);
    let code = browser
        .post_form(&format!("{device}/code"), "client_id=codeberg-client")
        .await;
    let code = code.json()["user_code"].as_str().unwrap().to_owned();
    pages.push(browser.post_form(&device, &format!("code={code}")).await);
    for path in [
        "/",
        "/settings/applications",
        "/codeberg/apps/install",
        "/codeberg/device",
    ] {
        pages.push(browser.get(&format!("{}{path}", server.provider)).await);
    }
    for page in pages {
        assert!(page.body.contains("&lt;img src=x"), "{}", page.body);
        assert!(!page.body.contains("<img"), "{}", page.body);
    }
}

#[tokio::test]
async fn consent_can_be_skipped_and_the_opener_policy_set() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    server
        .control(
            "providers/gitlab",
            json!({ "opener_policy": "same-origin" }),
        )
        .await;
    let consent = browser
        .open_consent_page("/external-auth/gitlab/callback")
        .await;
    assert_eq!(
        consent.page.header("cross-origin-opener-policy"),
        "same-origin"
    );

    server
        .control("providers/gitlab", json!({ "consent": "skip" }))
        .await;
    let begun = browser
        .get("/external-auth/gitlab/callback")
        .await
        .location();
    let back = browser.get(&begun).await;
    assert_eq!(back.status, 303);
    assert_eq!(browser.get(&back.location()).await.status, 307);
}

#[tokio::test]
async fn the_chosen_account_stays_signed_in() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    browser.link_account("gitlab", "grace").await;
    let consent = browser
        .open_consent_page("/external-auth/gitlab/callback")
        .await;
    assert!(
        consent
            .page
            .body
            .contains("<option value=\"grace\" selected>")
    );
    assert_eq!(server.service("gitlab").await["signed_in"], "grace");
}

#[tokio::test]
async fn an_unknown_path_is_not_found() {
    let server = Server::start().await;
    for path in [
        "/nowhere/authorize",
        "/nowhere/user",
        "/x/y/z",
        "/github/installations/9",
    ] {
        assert_eq!(
            server
                .browser()
                .get(&format!("{}{path}", server.provider))
                .await
                .status,
            404,
            "{path}"
        );
    }
}
