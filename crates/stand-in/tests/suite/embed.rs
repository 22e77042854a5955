use std::fs;

use crate::support::Server;

#[tokio::test]
async fn the_elements_are_served_with_and_without_web_assembly() {
    let server = Server::start().await;
    for (file, content_type) in [
        ("element.js", "text/javascript; charset=utf-8"),
        ("program_bg.wasm", "application/wasm"),
        ("empty.html", "text/html; charset=utf-8"),
    ] {
        fs::write(server.page.join(file), file).unwrap();
        for (folder, scripts, styles) in [
            (
                "/embedded",
                "script-src 'self' 'wasm-unsafe-eval';",
                "style-src 'self';",
            ),
            (
                "/embedded-without-wasm",
                "script-src 'self';",
                "style-src 'self' 'unsafe-inline';",
            ),
        ] {
            let mut browser = server.browser();
            let answer = browser.get(&format!("{folder}/{file}")).await;
            assert_eq!(
                (
                    answer.status,
                    answer.header("content-type"),
                    answer.body.as_str()
                ),
                (200, content_type, file)
            );
            let policy = answer.header("content-security-policy");
            assert!(
                policy.contains(scripts) && policy.contains(styles),
                "{folder}: {policy}"
            );
            // Only a page is a visit.
            assert_eq!(
                browser.cookies.contains_key("coder_session_token"),
                file == "empty.html"
            );
        }
    }
    let outside = server.browser().get("/embedded/..%2fsecret").await;
    assert_eq!(outside.status, 404);
}

#[tokio::test]
async fn the_dashboard_has_the_theme_the_csrf_token_and_the_elements() {
    let server = Server::start().await;
    let mut browser = server.browser();
    let page = browser
        .get("/_stand-in/dashboard/?theme=light-tritan")
        .await;
    assert!(
        page.body
            .contains("<html lang=\"en\" class=\"light light-tritan\">")
    );
    assert!(page.body.contains("src=\"/embedded/element.js\""));
    assert!(
        page.header("content-security-policy")
            .contains("script-src 'self' 'wasm-unsafe-eval';")
    );
    // The token belongs to the session that the page opened.
    browser.csrf = Some(page.between("csrf-token\" content=\"", "\""));
    assert_eq!(browser.unlink("gitlab").await.status, 200);

    let page = browser.get("/_stand-in/dashboard/?wasm=off").await;
    assert!(page.body.contains("class=\"dark\""));
    assert!(
        page.body
            .contains("src=\"/embedded-without-wasm/element.js\"")
    );
    assert!(
        page.header("content-security-policy")
            .contains("script-src 'self';")
    );

    let style = browser.get("/_stand-in/dashboard/dashboard.css").await;
    assert_eq!(
        (style.status, style.header("content-type")),
        (200, "text/css; charset=utf-8")
    );
    assert_eq!(
        browser.get("/_stand-in/dashboard").await.location(),
        "/_stand-in/dashboard/"
    );
    let unknown = browser.get("/_stand-in/dashboard/?theme=pink").await;
    assert_eq!(unknown.status, 400);
}
