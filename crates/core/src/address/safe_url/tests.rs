use proptest::prelude::*;
use serde_json::Value;
use url::Url;

use super::SafeUrl;
use crate::at_least::at_least;

/// A list of the table of addresses, which the tests in the browser read too.
fn table(name: &str) -> Vec<Value> {
    let table: Value = serde_json::from_str(include_str!("../../../tests/addresses.json")).unwrap();
    table[name].as_array().cloned().unwrap()
}

fn texts(name: &str) -> Vec<String> {
    let texts = table(name).into_iter();
    texts
        .map(|text| text.as_str().unwrap().to_owned())
        .collect()
}

fn host(text: &str) -> Option<String> {
    SafeUrl::parse(text).map(|url| url.host().to_owned())
}

/// The host and the port that a browser visits (WHATWG).
fn visited_host(text: &str) -> Option<String> {
    let url = Url::parse(text).ok()?;
    let host = url.host_str()?;
    Some(match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    })
}

#[test]
fn web_addresses_are_accepted_in_one_form() {
    for address in table("accepted") {
        let of = |name: &str| address[name].as_str();
        let text = of("text").unwrap();
        let parsed = SafeUrl::parse(text);
        assert_eq!(parsed.as_ref().map(SafeUrl::as_str), of("url"), "{text}");
        assert_eq!(parsed.as_ref().map(SafeUrl::host), of("host"), "{text}");
        assert_eq!(visited_host(text).as_deref(), of("host"), "{text}");
    }
}

#[test]
fn the_origin_ends_before_the_path() {
    let origin = |text| SafeUrl::parse(text).map(|url| url.origin().to_owned());
    for (text, expected) in [
        ("https://a.example:8443/x", "https://a.example:8443"),
        ("https://a.example?x", "https://a.example"),
        ("http://[::1]#x", "http://[::1]"),
    ] {
        assert_eq!(origin(text).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn all_other_addresses_are_refused() {
    for text in texts("refused") {
        assert_eq!(SafeUrl::parse(&text), None, "{text:?}");
    }
    let long = format!("https://a.example/{}", "x".repeat(2048));
    assert_eq!(SafeUrl::parse(&long), None);
}

#[test]
fn loopback_is_known_by_its_host() {
    for (text, expected) in [
        ("http://localhost:3000/", true),
        ("http://LOCALHOST./", true),
        ("http://a.localhost/", true),
        ("http://127.0.0.1/", true),
        ("http://127.255.0.7:81/", true),
        ("http://[::1]/", true),
        ("http://127.0.0.1.example/", false),
        ("http://127.example/", false),
        ("http://128.0.0.1/", false),
        ("http://notlocalhost/", false),
        ("http://localhost.example/", false),
        ("http://[::2]/", false),
    ] {
        let is_loopback = SafeUrl::parse(text).map(|url| url.is_loopback());
        assert_eq!(is_loopback, Some(expected), "{text}");
    }
}

proptest! {
    #![proptest_config(at_least(10_000))]

    /// An address in the form of the browser's `URL` is accepted, so that
    /// addresses with other letters can be read after it.
    #[test]
    fn what_the_browser_writes_is_accepted(
        labels in proptest::collection::vec("[a-zA-Z0-9äßø日本_-]{1,8}", 1..4),
        port in 1_u16..,
        path in "(/[a-z0-9%ä]{0,5}){0,3}",
    ) {
        let text = format!("https://{}.Example:{port}{path}", labels.join("."));
        if let Ok(url) = Url::parse(&text) {
            prop_assert_eq!(host(url.as_str()), visited_host(&text), "{}", url);
        }
    }
}
