use proptest::prelude::*;
use url::Url;

use super::SafeUrl;

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
    for (text, url, host) in [
        (
            "https://github.com/apps/coder?a=b#c",
            "https://github.com/apps/coder?a=b#c",
            "github.com",
        ),
        ("HTTPS://GitHub.com/A", "https://github.com/A", "github.com"),
        (
            "http://127.0.0.1:8080/?a",
            "http://127.0.0.1:8080/?a",
            "127.0.0.1:8080",
        ),
        ("https://git.example", "https://git.example", "git.example"),
        (
            "https://git.example?x",
            "https://git.example?x",
            "git.example",
        ),
        (
            "https://git.example:443/",
            "https://git.example/",
            "git.example",
        ),
        (
            "http://git.example:80/",
            "http://git.example/",
            "git.example",
        ),
        (
            "https://git.example:80/",
            "https://git.example:80/",
            "git.example:80",
        ),
        (
            "https://git.example.:8443/",
            "https://git.example.:8443/",
            "git.example.:8443",
        ),
        (
            "https://my_git-1.example/",
            "https://my_git-1.example/",
            "my_git-1.example",
        ),
        (
            "https://xn--bcher-kva.example/",
            "https://xn--bcher-kva.example/",
            "xn--bcher-kva.example",
        ),
        ("https://[::1]:3000", "https://[::1]:3000", "[::1]:3000"),
        ("https://[0:0:0:0:0:0:0:1]/", "https://[::1]/", "[::1]"),
        (
            "https://[2001:DB8:0:0:1:0:0:1]/",
            "https://[2001:db8::1:0:0:1]/",
            "[2001:db8::1:0:0:1]",
        ),
        (
            "https://[::ffff:a00:1]/",
            "https://[::ffff:a00:1]/",
            "[::ffff:a00:1]",
        ),
        (
            "https://1.2.3.example/",
            "https://1.2.3.example/",
            "1.2.3.example",
        ),
    ] {
        let parsed = SafeUrl::parse(text);
        assert_eq!(parsed.as_ref().map(SafeUrl::as_str), Some(url), "{text}");
        assert_eq!(parsed.as_ref().map(SafeUrl::host), Some(host), "{text}");
        assert_eq!(visited_host(text).as_deref(), Some(host), "{text}");
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
    for text in [
        "",
        "javascript:alert(1)",
        "java\nscript:alert(1)",
        " https://github.com",
        "https://github.com ",
        "https://",
        "https:///etc/passwd",
        "https:////evil.example",
        "https:/evil.example",
        "https:github.com",
        "//evil.example",
        "/path",
        "ftp://host/",
        "data:text/html,x",
        "blob:https://x/1",
        // What a browser removes, or reads as something else.
        "https://github.com\t.evil.example/",
        "https://github.com\n/",
        "https://evil.example\\@github.com",
        "https:\\\\evil.example/",
        "https://github.com/a\\b",
        "https://github.com/\u{202e}moc",
        // User information (RFC 3986 §7.6).
        "https://github.com@evil.example/",
        "https://a:b@evil.example/",
        "https://@evil.example/",
        // Escapes in a host.
        "https://github.com%2eevil.example/",
        "https://github.com%2f.evil.example/",
        "https://%67ithub.com/",
        // Letters that look alike, and what separates labels or looks so.
        "https://gıthub.com/",
        "https://gіthub.com/",
        "https://github.com⁄evil.example/",
        "https://github。com/",
        "https://github．com/",
        "https://ｇithub.com/",
        "https://①②③.example/",
        "https://bücher.example/",
        // Fillers.
        "https://git\u{ad}hub.com/",
        "https://git\u{200b}hub.com/",
        "https://git\u{3164}hub.com/",
        "https://git\u{2060}hub.com/",
        // Numbers that are addresses in another form.
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0x7f.1/",
        "https://0x/",
        "https://127.1/",
        "https://0177.0.0.1/",
        "https://127.0.0.01/",
        "https://127.0.0.256/",
        "https://127.0.0.1./",
        "https://1.2.3.4.5/",
        "https://a.1/",
        "https://github.com.0x1/",
        // Hosts that are none.
        "https://a..b/",
        "https://.a/",
        "https://./",
        "https://a b/",
        "https://a,b/",
        "https://a;b/",
        "https://a!b/",
        "https://[::1/",
        "https://::1/",
        "https://[::1]x/",
        "https://[1:2:3]/",
        "https://[1::2::3]/",
        "https://[::1%25eth0]/",
        "https://[::127.0.0.1]/",
        "https://[+1::2]/",
        "https://[12345::]/",
        "https://a:/",
        "https://a:0443/",
        "https://a:65536/",
        "https://a:+1/",
        "https://a:1:2/",
        // What is shown as text must not look like its end.
        "https://a/\"b",
        "https://a/<b>",
    ] {
        assert_eq!(SafeUrl::parse(text), None, "{text:?}");
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

/// Parts of hosts that have confused parsers.
const PARTS: [&str; 48] = [
    "github",
    "com",
    "evil",
    ".",
    ".",
    ".",
    "-",
    "_",
    "xn--",
    "xn--bcher-kva",
    "localhost",
    "127",
    "0",
    "1",
    "255",
    "256",
    "0x7f",
    "0X",
    "0177",
    "2130706433",
    "ffff",
    "[",
    "]",
    ":",
    "::",
    "@",
    "%",
    "%2e",
    "%2F",
    "%00",
    "/",
    "?",
    "#",
    "\\",
    "\t",
    "\n",
    " ",
    "。",
    "．",
    "⁄",
    "\u{ad}",
    "\u{200b}",
    "\u{3164}",
    "ı",
    "ß",
    "①",
    "ｇ",
    "!",
];

fn cases() -> ProptestConfig {
    let usual = ProptestConfig::default();
    ProptestConfig {
        cases: usual.cases.max(10_000),
        ..usual
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn the_host_that_is_shown_is_the_host_that_is_visited(
        scheme in proptest::sample::select(vec!["https://", "HTTP://", "https:", "https:///"]),
        parts in proptest::collection::vec(proptest::sample::select(PARTS.to_vec()), 1..9),
        end in proptest::sample::select(vec!["", "/", "/a?b#c", ":443", ":80/", "\\", "@x"]),
    ) {
        let text = format!("{scheme}{}{end}", parts.concat());
        check(&text)?;
    }

    #[test]
    fn the_same_holds_for_any_text(text in "(https?://)?[!-~\\PC]{0,24}(/\\PC{0,6})?") {
        check(&text)?;
    }

    #[test]
    fn the_same_holds_for_ip_addresses(
        text in "https://(\\[([0-9a-fA-F]{1,5}|:|::|0|0:0|\\.){1,10}\\]|([0-9]{1,3}|0x?[0-9a-f]{0,3}|\\.){1,7})(:[0-9]{0,6})?/",
    ) {
        check(&text)?;
    }

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

fn check(text: &str) -> Result<(), TestCaseError> {
    let Some(url) = SafeUrl::parse(text) else {
        return Ok(());
    };
    match Url::parse(text) {
        Ok(visited) => {
            prop_assert!(matches!(visited.scheme(), "https" | "http"));
            prop_assert_eq!(visited.username(), "");
            prop_assert_eq!(visited.password(), None);
            let host = visited_host(text);
            prop_assert_eq!(host.as_deref(), Some(url.host()), "{}", text);
            prop_assert_eq!(visited.origin().ascii_serialization(), url.origin());
            prop_assert_eq!(Url::parse(url.as_str()), Ok(visited));
        }
        // An invalid international name. A browser visits nothing.
        Err(_) => prop_assert!(url.host().contains("xn--"), "{}", text),
    }
    Ok(())
}
