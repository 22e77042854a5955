//! The host of an address that is shown is the host that this browser visits.

use external_auth_core::SafeUrl;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Url;

/// Parts of hosts that parsers read in different ways.
const PARTS: [&str; 36] = [
    "github",
    ".com",
    ".evil",
    ".",
    "-",
    "_",
    "xn--bcher-kva",
    "xn--",
    "localhost",
    "127",
    "0",
    ".1",
    ".255",
    "0x7f",
    "0177",
    "2130706433",
    "[",
    "::1",
    "]",
    ":",
    "@",
    "%2e",
    "%00",
    "/",
    "?",
    "#",
    "\\",
    "\t",
    " ",
    "。",
    "⁄",
    "\u{ad}",
    "\u{200b}",
    "ı",
    "ß",
    "ｇ",
];

fn check(text: &str) -> bool {
    let Some(url) = SafeUrl::parse(text) else {
        return false;
    };
    match Url::new(text) {
        Ok(visited) => {
            assert_eq!(visited.host(), url.host(), "{text:?}");
            assert_eq!(visited.origin(), url.origin(), "{text:?}");
            assert_eq!(visited.username() + &visited.password(), "", "{text:?}");
        }
        // An invalid international name. The browser visits nothing.
        Err(_) => assert!(url.host().contains("xn--"), "{text:?}"),
    }
    true
}

#[wasm_bindgen_test]
fn an_address_that_is_accepted_has_the_host_that_the_browser_visits() {
    let mut accepted = 0;
    for first in PARTS {
        for second in PARTS {
            for third in PARTS {
                accepted += usize::from(check(&format!("https://{first}{second}{third}/")));
            }
        }
    }
    assert!(accepted > 1000, "only {accepted}");
}

#[wasm_bindgen_test]
fn addresses_that_pretend_to_be_others_are_refused() {
    for text in [
        "https://github.com%2eevil.example/",
        "https://github.com@evil.example/",
        "https://github.com\\@evil.example/",
        "https://github.com⁄evil.example/",
        "https://github。com/",
        "https://gıthub.com/",
        "https://gіthub.com/",
        "https://git\u{ad}hub.com/",
        "https://git\u{200b}hub.com/",
        "https://git\thub.com/",
        "https:/evil.example/",
        "https:evil.example/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://0177.0.0.1/",
    ] {
        assert!(!check(text), "{text:?}");
    }
}

#[wasm_bindgen_test]
fn an_address_with_other_letters_is_accepted_as_the_browser_writes_it() {
    for (text, host) in [
        ("https://bücher.example/ä", "xn--bcher-kva.example"),
        ("https://GitHub。com:443/", "github.com"),
        (
            "https://[2001:db8:0:0:1:0:0:1]:8443/",
            "[2001:db8::1:0:0:1]:8443",
        ),
        ("https://2130706433/", "127.0.0.1"),
    ] {
        let written = Url::new(text).unwrap().href();
        let url = SafeUrl::parse(&written);
        assert_eq!(url.as_ref().map(SafeUrl::host), Some(host), "{text}");
    }
}
