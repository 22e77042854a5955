//! The host of an address that is shown is the host that this browser visits.
//!
//! The table of addresses and the parts are those of the tests on the host
//! (`crates/core/tests/addresses.rs`), which compare with another implementation of the
//! standard (WHATWG URL).

use external_auth_core::{Origins, SafeUrl};
use serde_json::Value;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Url;

/// How many addresses are generated.
const GENERATED: usize = 60_000;

fn table(name: &str) -> Vec<Value> {
    let table: Value =
        serde_json::from_str(include_str!("../../crates/core/tests/addresses.json")).unwrap();
    table[name].as_array().cloned().unwrap()
}

fn texts(name: &str) -> Vec<String> {
    let texts = table(name).into_iter();
    texts
        .map(|text| text.as_str().unwrap().to_owned())
        .collect()
}

/// From a page with `http`, both schemes may be followed.
fn link(text: &str) -> Option<SafeUrl> {
    Origins::new("http://page.example", "").link(text)
}

/// Compares an address with what the browser reads. Returns whether it may be
/// followed.
fn check(text: &str) -> bool {
    let visited = Url::new(text);
    let Some(url) = link(text) else {
        // It may be refused only for the way in which it is written.
        if let Ok(visited) = visited {
            check_written(&visited, text);
        }
        return false;
    };
    match visited {
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

/// An address in the form in which the browser writes it may be followed. Only a
/// host with characters or empty labels that no name has is refused.
fn check_written(visited: &Url, text: &str) {
    let host = visited.host();
    let is_of_name = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.:[]".contains(&byte);
    let is_name = host.bytes().all(is_of_name) && !host.starts_with('.') && !host.contains("..");
    if is_name && visited.protocol().starts_with("http") {
        let url = link(&visited.origin());
        assert_eq!(url.as_ref().map(SafeUrl::host), Some(&*host), "{text:?}");
    }
}

/// A sequence of numbers that look random, and are the same in each run (xorshift).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).unwrap()
    }
}

#[wasm_bindgen_test]
fn an_address_that_is_accepted_has_the_host_that_the_browser_visits() {
    let parts = texts("parts");
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    let mut accepted = 0;
    for _ in 0..GENERATED {
        let count = 1 + numbers.below(5);
        let chosen: Vec<_> = (0..count)
            .map(|_| &*parts[numbers.below(parts.len())])
            .collect();
        let separator = ["", "."][numbers.below(2)];
        let end = ["", "/", "/a?b#c", ":443/", ":80", "\\", "@x"][numbers.below(7)];
        let scheme = ["https://", "HTTP://", "https:", "https:///"][numbers.below(4)];
        let text = format!("{scheme}{}{end}", chosen.join(separator));
        accepted += usize::from(check(&text));
    }
    assert!(accepted > 500, "only {accepted}");
}

#[wasm_bindgen_test]
fn the_table_is_true_in_this_browser() {
    for address in table("accepted") {
        let text = address["text"].as_str().unwrap();
        assert!(check(text), "{text:?}");
        assert_eq!(
            Some(&*Url::new(text).unwrap().host()),
            address["host"].as_str()
        );
    }
    for text in texts("refused") {
        assert!(!check(&text), "{text:?}");
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
        let url = link(&Url::new(text).unwrap().href());
        assert_eq!(url.as_ref().map(SafeUrl::host), Some(host), "{text}");
    }
}
