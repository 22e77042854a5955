use std::fs;

use serde_json::Value;

use crate::support::{Browser, Server};

const GALLERY: &str = "/_stand-in/gallery";

async fn views(browser: &mut Browser) -> Vec<Value> {
    let answer = browser.get(&format!("{GALLERY}/views.json")).await;
    assert_eq!(answer.status, 200);
    answer.json().as_array().unwrap().clone()
}

#[tokio::test]
async fn every_view_is_the_page_with_its_own_base_url() {
    let server = Server::start().await;
    let page =
        "<!doctype html>\n<html>\n<head>\n<meta name=\"coder-external-auth\">\n</head>\n</html>\n";
    fs::write(server.page.join("index.html"), page).unwrap();
    let mut browser = server.browser();
    let views = views(&mut browser).await;
    assert!(views.len() > 40, "{}", views.len());
    for view in views {
        let (name, path) = (
            view["name"].as_str().unwrap(),
            view["path"].as_str().unwrap(),
        );
        let answer = browser.get(path).await;
        assert_eq!(answer.status, 200, "{name}");
        let head = format!(
            "<head><base href=\"/accounts/\"><meta name=\"coder-external-auth\" data-base-url=\"{GALLERY}/{name}\">"
        );
        assert!(answer.body.contains(&head), "{name}: {}", answer.body);
        let policy = answer.header("content-security-policy");
        assert!(
            policy.contains("style-src 'self';") && policy.contains("frame-ancestors 'self';"),
            "{name}: {policy}"
        );
    }
    assert_eq!(
        browser.get(&format!("{GALLERY}/nowhere/")).await.status,
        404
    );
}

#[tokio::test]
async fn the_index_frames_every_view_under_the_strict_policy() {
    let server = Server::with_scenario("gallery").await;
    let mut browser = server.browser();
    let index = browser.get(&format!("{GALLERY}/")).await;
    let policy = index.header("content-security-policy");
    assert!(
        policy.contains("script-src 'self';")
            && policy.contains("style-src 'self';")
            && policy.contains("frame-src 'self';"),
        "{policy}"
    );
    for view in views(&mut browser).await {
        let frame = format!(
            "<iframe src=\"{}\"",
            view["path"].as_str().unwrap().replace('&', "&amp;")
        );
        assert!(index.body.contains(&frame), "{frame}");
    }
    for (file, content_type) in [
        ("gallery.js", "text/javascript; charset=utf-8"),
        ("gallery.css", "text/css; charset=utf-8"),
    ] {
        assert!(index.body.contains(&format!("\"{file}\"")));
        let answer = browser.get(&format!("{GALLERY}/{file}")).await;
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (200, content_type)
        );
    }
    assert_eq!(browser.get(GALLERY).await.location(), format!("{GALLERY}/"));
}

#[tokio::test]
async fn the_index_can_show_a_single_group() {
    let server = Server::with_scenario("gallery").await;
    let mut browser = server.browser();
    let all = browser.get(&format!("{GALLERY}/")).await;
    for view in views(&mut browser).await {
        let group = view["group"].as_str().unwrap();
        let query = group.replace(' ', "+").replace(',', "%2C");
        let address = format!("{GALLERY}/?group={query}");
        assert!(
            all.body.contains(&format!("<a href=\"{address}\"")),
            "{address}"
        );
        let index = browser.get(&address).await;
        let frames = |body: &str| body.matches("<iframe").count();
        assert!(frames(&index.body) < frames(&all.body), "{group}");
        let frame = format!("id=\"{}\"", view["name"].as_str().unwrap());
        assert!(index.body.contains(&frame), "{frame}");
    }
}

#[tokio::test]
async fn each_load_of_a_view_starts_at_its_first_answer() {
    let server = Server::start().await;
    let mut browser = server.browser();
    let list = format!("{GALLERY}/refresh-failed/api/v2/external-auth");
    for _ in 0..2 {
        browser.get(&format!("{GALLERY}/refresh-failed/")).await;
        for status in [200, 500, 500] {
            assert_eq!(browser.get(&list).await.status, status);
        }
    }
}

#[tokio::test]
async fn a_view_does_not_change_the_deployment() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    let before = browser.list().await["links"].as_array().unwrap().len();
    let answer = browser
        .delete(&format!(
            "{GALLERY}/unlinked-revoked/api/v2/external-auth/gitlab"
        ))
        .await;
    assert_eq!(answer.json()["token_revoked"], true);
    assert_eq!(
        browser.list().await["links"].as_array().unwrap().len(),
        before
    );
}

#[tokio::test]
async fn a_view_has_its_own_user_and_the_deployment_s_icons() {
    let server = Server::start().await;
    let mut browser = server.browser();
    let user = browser
        .get(&format!("{GALLERY}/empty/api/v2/users/me"))
        .await;
    assert_eq!(user.json()["id"], "gallery-empty");
    let icon = browser
        .get(&format!("{GALLERY}/empty/icon/github.svg"))
        .await;
    assert_eq!(icon.header("content-type"), "image/svg+xml");
    for (path, status, part) in [
        ("empty/login?redirect=x", 404, "Outside of the view"),
        (
            "window-waiting/external-auth/gitlab/callback",
            200,
            "At the provider",
        ),
        (
            "window-failed/external-auth/gitlab/callback",
            400,
            "does not match",
        ),
    ] {
        let answer = browser.get(&format!("{GALLERY}/{path}")).await;
        assert!(
            answer.status == status && answer.body.contains(part),
            "{path}: {answer:?}"
        );
    }
}

#[tokio::test]
async fn the_scenario_gallery_opens_the_gallery() {
    use stand_in::{Options, Scenario, StandIn};

    let server = Server::start().await;
    for (name, path) in [("gallery", "/_stand-in/gallery/"), ("empty", "/accounts/")] {
        let options = Options {
            port: 0,
            page: server.page.clone(),
            embed: None,
            scenario: Scenario::named(name).unwrap(),
            exit_with_stdin: false,
        };
        let stand_in = StandIn::bind(&options).await.unwrap();
        assert!(
            stand_in.first_url().ends_with(path),
            "{}",
            stand_in.first_url()
        );
    }
}
