use std::fs;

use serde_json::Value;

use crate::support::Server;

#[tokio::test]
async fn files_have_a_content_type_and_the_strict_policy() {
    let server = Server::start().await;
    for (name, content_type) in [
        ("boot.js", "text/javascript; charset=utf-8"),
        ("app-1a2b3c4d5e6f7a8b_bg.wasm", "application/wasm"),
        ("page.css", "text/css; charset=utf-8"),
        ("icon.svg", "image/svg+xml"),
        ("other.bin", "application/octet-stream"),
    ] {
        fs::write(server.page.join(name), name).unwrap();
        let answer = server.browser().get(&format!("/accounts/{name}")).await;
        assert_eq!(
            (
                answer.status,
                answer.header("content-type"),
                answer.body.as_str()
            ),
            (200, content_type, name)
        );
        assert_eq!(
            answer.header("cache-control").contains("immutable"),
            name.contains("1a2b3c4d5e6f7a8b")
        );
        let policy = answer.header("content-security-policy");
        assert!(
            policy.contains("script-src 'self' 'wasm-unsafe-eval';"),
            "{policy}"
        );
        assert!(
            policy.contains("style-src 'self';") && !policy.contains("unsafe-inline"),
            "{policy}"
        );
    }
}

/// What the README and the examples for web servers say is what the tests run with.
#[tokio::test]
async fn the_policy_of_the_page_is_the_documented_one() {
    let server = Server::start().await;
    let answer = server.browser().get("/accounts/").await;
    let sent = answer.header("content-security-policy");
    let (policy, report) = sent.rsplit_once("; ").unwrap();
    assert_eq!(report, "report-uri /_stand-in/csp-report");
    let documents = [
        ("README.md", include_str!("../../../../README.md")),
        (
            "nginx.conf",
            include_str!("../../../../examples/servers/nginx.conf"),
        ),
        (
            "Caddyfile",
            include_str!("../../../../examples/servers/Caddyfile"),
        ),
    ];
    for (name, text) in documents {
        let documented: Vec<_> = (text.split(['\n', '"', '`']))
            .filter_map(|part| part.split_once("default-src").map(|(_, rest)| rest))
            .collect();
        assert_eq!(documented, [&policy["default-src".len()..]], "{name}");
        for (header, value) in [
            ("Referrer-Policy", "same-origin"),
            ("X-Content-Type-Options", "nosniff"),
        ] {
            assert_eq!(answer.header(&header.to_lowercase()), value);
            let said = [" ", ": "].map(|between| format!("{header}{between}{value}"));
            assert!(
                said.iter().any(|said| text.contains(said)),
                "{name}: {header}"
            );
        }
    }
    // The page needs the windows that it opens.
    assert_eq!(answer.header("cross-origin-opener-policy"), "");
}

#[tokio::test]
async fn the_deployment_s_pages_have_coder_s_policy() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    for path in ["/", "/login", "/nowhere"] {
        let answer = browser.get(path).await;
        let policy = answer.header("content-security-policy");
        assert!(
            policy.contains("style-src 'self' 'unsafe-inline';"),
            "{path}: {policy}"
        );
        assert!(
            policy.contains("report-uri /_stand-in/csp-report"),
            "{path}: {policy}"
        );
    }
    assert_eq!(
        browser
            .get("/api/v2/buildinfo")
            .await
            .header("content-security-policy"),
        ""
    );
}

#[tokio::test]
async fn the_page_replaces_the_dashboard_s_page_of_a_provider() {
    let server = Server::start().await;
    let page = "<!doctype html>\n<html>\n<head>\n<link href=\"./page.css\">\n</head>\n</html>\n";
    fs::write(server.page.join("index.html"), page).unwrap();
    for path in [
        "/external-auth/gitlab",
        "/external-auth/gitlab?redirected=true",
        "/external-auth/git%2Fhub",
        "/external-auth/nowhere",
    ] {
        let mut browser = server.browser();
        let answer = browser.get(path).await;
        assert_eq!(
            (answer.status, answer.body),
            (
                200,
                page.replace("<head>", "<head><base href=\"/accounts/\">")
            ),
            "{path}"
        );
        assert!(browser.cookies.contains_key("coder_session_token"));
    }
    fs::remove_file(server.page.join("index.html")).unwrap();
    let answer = server.browser().get("/external-auth/gitlab").await;
    assert_eq!(answer.status, 404);
}

#[tokio::test]
async fn the_page_has_the_same_headers_at_each_of_its_addresses() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    for path in ["/accounts/", "/external-auth/gitlab"] {
        let answer = browser.get(path).await;
        for (name, value) in [
            ("content-type", "text/html; charset=utf-8"),
            ("cache-control", "no-cache"),
            ("referrer-policy", "same-origin"),
            // The page needs access to the windows that it opens.
            ("cross-origin-opener-policy", ""),
        ] {
            assert_eq!(answer.header(name), value, "{path}");
        }
        let policy = answer.header("content-security-policy");
        assert!(
            policy.contains("style-src 'self';") && policy.contains("base-uri 'self';"),
            "{path}: {policy}"
        );
    }
}

#[tokio::test]
async fn a_new_build_is_served() {
    let server = Server::start().await;
    let mut browser = server.browser();
    assert_eq!(browser.get("/accounts").await.location(), "/accounts/");
    assert!(browser.get("/accounts/").await.body.contains("The page"));
    fs::write(server.page.join("index.html"), "newer").unwrap();
    let answer = browser.get("/accounts/").await;
    assert_eq!(
        (answer.body.as_str(), answer.header("cache-control")),
        ("newer", "no-cache")
    );
    fs::remove_file(server.page.join("index.html")).unwrap();
    assert_eq!(browser.get("/accounts/").await.status, 404);
}

#[tokio::test]
async fn nothing_outside_the_folder_is_served() {
    let server = Server::start().await;
    let outside = server.page.with_extension("secret");
    fs::write(&outside, "secret").unwrap();
    let name = outside.file_name().unwrap().to_str().unwrap();
    for path in [
        format!("/accounts/../{name}"),
        format!("/accounts/%2e%2e/{name}"),
        format!("/accounts/%2e%2e%2f{name}"),
        format!("/accounts/..%5c{name}"),
        format!("/accounts//{}", outside.display()),
        format!(
            "/accounts/{}",
            outside.display().to_string().replace('/', "%2f")
        ),
    ] {
        let answer = server.browser().get(&path).await;
        assert!(
            answer.status == 404 && !answer.body.contains("secret\n"),
            "{path}: {answer:?}"
        );
    }
}

#[tokio::test]
async fn every_provider_has_a_name_and_an_icon_that_is_served() {
    for scenario in ["default", "device", "many"] {
        let server = Server::with_scenario(scenario).await;
        let mut browser = server.visitor().await;
        let list = browser.list().await;
        for provider in list["providers"].as_array().unwrap() {
            assert_ne!(provider["display_name"], "", "{provider}");
            let icon = provider["display_icon"].as_str().unwrap();
            let content_type = if icon.starts_with("/emojis/") {
                "image/png"
            } else {
                "image/svg+xml"
            };
            let answer = browser.get(icon).await;
            assert_eq!(
                (answer.status, answer.header("content-type")),
                (200, content_type),
                "{provider}"
            );
        }
    }
    let mut browser = Server::start().await.visitor().await;
    assert_eq!(browser.get("/icon/nowhere.svg").await.status, 404);
    assert_eq!(browser.get("/emojis/1f512.png").await.status, 404);
}

#[tokio::test]
async fn a_missing_name_or_icon_is_replaced() {
    let server = Server::start().await;
    let list = server.visitor().await.list().await;
    let providers = list["providers"].as_array().unwrap();
    let found = providers
        .iter()
        .find(|provider| provider["id"] == "internal-git")
        .unwrap();
    assert_eq!(
        (&found["display_name"], &found["display_icon"]),
        (&found["type"], &Value::from("/emojis/1f511.png"))
    );
}

#[tokio::test]
async fn some_icons_are_white_and_a_hint_in_the_query_changes_nothing() {
    let server = Server::start().await;
    let mut browser = server.browser();
    for (name, colour) in [
        ("github.svg", "#fff"),
        ("okta.svg", "#fff"),
        ("coder.svg", "#fff"),
        ("apple-black.svg", "#000"),
    ] {
        let plain = browser.get(&format!("/icon/{name}")).await.body;
        let colours: Vec<_> = plain.match_indices('#').collect();
        assert!(!colours.is_empty());
        for (at, _) in colours {
            assert_eq!(&plain[at..at + colour.len()], colour, "{name}");
        }
        for hint in [
            "monochrome",
            "blackWithColor",
            "whiteWithColor&brightness=1.5",
        ] {
            let answer = browser.get(&format!("/icon/{name}?{hint}")).await;
            assert_eq!((answer.status, answer.body.as_str()), (200, plain.as_str()));
        }
    }
}

#[tokio::test]
async fn the_api_answers_unknown_paths_with_json() {
    let server = Server::start().await;
    let mut browser = server.visitor().await;
    assert_eq!(browser.get("/api/v2/nowhere").await.status, 404);
    let message = browser.get("/api/v2/nowhere").await.json()["message"].clone();
    assert!(matches!(message, Value::String(_)));
    let answer = browser.send("PUT", "/api/v2/external-auth", &[], "").await;
    assert_eq!(answer.status, 405);
    assert!(answer.json()["message"].is_string());
}

#[tokio::test]
async fn a_compressed_copy_is_sent_to_a_client_that_takes_it() {
    let server = Server::start().await;
    fs::write(server.page.join("page.css"), "plain").unwrap();
    fs::write(server.page.join("page.css.br"), "compressed").unwrap();
    let mut browser = server.browser();
    for (accepted, body, coding) in [("gzip, br", "compressed", "br"), ("gzip", "plain", "")] {
        for path in ["/accounts/page.css", "/embedded/page.css"] {
            let header = format!("Accept-Encoding: {accepted}");
            let answer = browser.send("GET", path, &[&header], "").await;
            assert_eq!(
                (answer.body.as_str(), answer.header("content-encoding")),
                (body, coding),
                "{path}"
            );
            assert_eq!(answer.header("content-type"), "text/css; charset=utf-8");
        }
    }
}
